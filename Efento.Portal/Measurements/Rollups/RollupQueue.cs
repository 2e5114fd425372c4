using Efento.Portal.Arrivals;

namespace Efento.Portal.Measurements.Rollups;

/// <summary>The hours of loggers that have to be rolled up again, and the progress of the rollups. Thread-safe.</summary>
internal sealed class RollupQueue
{
    /// <summary>The days of a longer span are not listed one by one, because most of them may be without a reading.</summary>
    private const int MostDays = 31;

    private readonly Lock _lock = new();
    private readonly Dictionary<(int LoggerId, long Day), int> _hours = [];
    private readonly HashSet<LateHours> _longSpans = [];
    private long _rolledBefore = Hours.First;
    private long _notedBefore = Hours.First;
    private long _rolledUpTo;
    private long _position;

    /// <summary>
    /// Hours before this one are rolled up, and arrivals for them are noted as late. Later hours are read from the readings.
    /// </summary>
    public long RolledBefore => Volatile.Read(ref _rolledBefore);

    /// <summary>The last message that is included in the rollups of the hours before <see cref="RolledBefore"/>.</summary>
    public long RolledUpTo => Volatile.Read(ref _rolledUpTo);

    /// <summary>
    /// Arrivals for hours before this one are noted as late. It is never below <see cref="RolledBefore"/>, and above it while hours that
    /// are over are being rolled up.
    /// </summary>
    internal long NotedBefore
    {
        get => Volatile.Read(ref _notedBefore);
        set => Volatile.Write(ref _notedBefore, value);
    }

    /// <summary>Begins after a message that the rollups before <paramref name="rolledBefore"/> include.</summary>
    internal void Begin(long rolledBefore, long after)
    {
        lock (_lock)
        {
            _hours.Clear();
            _longSpans.Clear();
            _position = after;
            NotedBefore = rolledBefore;
            RolledUp(rolledBefore, after);
        }
    }

    /// <summary>Notes arrivals for hours that are over. Readings of the current hour cost one comparison.</summary>
    internal void Note(ArrivalBatch batch)
    {
        lock (_lock)
        {
            foreach (var span in batch.Spans)
            {
                var (from, to) = (Hours.Of(span.EarliestMs), Math.Min(NotedBefore, Hours.Of(span.LatestMs) + 1));
                if (from < to)
                {
                    Note(new LateHours(span.LoggerId, from, to));
                }
            }

            _position = batch.LastId;
        }
    }

    /// <summary>Returns what was noted and begins anew.</summary>
    /// <returns>Hours of single days, long spans whose days with readings are not known, and the last message noted.</returns>
    internal (IReadOnlyList<DirtyDay> Days, IReadOnlyList<LateHours> LongSpans, long Position) TakeAll()
    {
        lock (_lock)
        {
            List<DirtyDay> days = [.. _hours.Select(h => new DirtyDay(h.Key.LoggerId, h.Key.Day, h.Value))];
            List<LateHours> spans = [.. _longSpans];
            _hours.Clear();
            _longSpans.Clear();
            return (days, spans, _position);
        }
    }

    /// <summary>Returns hours that could not be processed.</summary>
    internal void PutBack(IReadOnlyList<DirtyDay> days, IReadOnlyList<LateHours> longSpans)
    {
        lock (_lock)
        {
            foreach (var day in days)
            {
                Note(day);
            }

            _longSpans.UnionWith(longSpans);
        }
    }

    /// <summary>Sets the progress.</summary>
    internal void RolledUp(long before, long upTo)
    {
        Volatile.Write(ref _rolledBefore, before);
        Volatile.Write(ref _rolledUpTo, upTo);
    }

    private void Note(in LateHours late)
    {
        var (first, last) = (Hours.DayOf(late.From), Hours.DayOf(late.To - 1));
        if (last - first > MostDays)
        {
            _longSpans.Add(late);
            return;
        }

        for (var day = first; day <= last; day++)
        {
            Note(new DirtyDay(late.LoggerId, day, Hours.BitsOf(day, late.From, late.To)));
        }
    }

    private void Note(in DirtyDay day) =>
        _hours[(day.LoggerId, day.Day)] = _hours.GetValueOrDefault((day.LoggerId, day.Day)) | day.Hours;
}

/// <summary>Hours of a logger's day that have to be rolled up again.</summary>
/// <param name="LoggerId">The logger.</param>
/// <param name="Day">The day (UTC), counted from 1970.</param>
/// <param name="Hours">The hours, as a bit set.</param>
internal readonly record struct DirtyDay(int LoggerId, long Day, int Hours);

/// <summary>Hours in [From, To) for which readings of a logger arrived late.</summary>
/// <param name="LoggerId">The logger.</param>
/// <param name="From">The first hour.</param>
/// <param name="To">The hour after the last.</param>
internal readonly record struct LateHours(int LoggerId, long From, long To);
