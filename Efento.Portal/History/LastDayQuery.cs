using System.Collections.Concurrent;
using Efento.Portal.Arrivals;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Reads the last 24 hours of many series at once, and keeps the result for all pages. A series is read again
/// <list type="bullet">
/// <item>at once, if a reading came for an hour that is over, or if a new hour began;</item>
/// <item>after <see cref="Least"/>, if something newer was measured (at once if fewer than two hours had values);</item>
/// <item>after <see cref="Most"/>, if nothing came at all: a gap may have begun.</item>
/// </list>
/// As a consumer of what was stored it has no cursor, because nothing is kept over a restart.
/// </summary>
internal sealed class LastDayQuery(
    IRangeStore store, SeriesDirectory series, LoggerDirectory loggers, RollupQueue rollups, ArrivalFeed arrivals, TimeProvider time)
    : IArrivalConsumer
{
    /// <summary>The number of hours, including the running one.</summary>
    public const int HourCount = 25;

    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<int, Known> _known = new();
    private readonly ConcurrentDictionary<int, long> _lastLate = new();
    private long _begunAfter;

    /// <inheritdoc/>
    public string Name => "last day";

    /// <inheritdoc/>
    public long? Done => null;

    /// <inheritdoc/>
    public Task BeginAsync(long after, bool isAnew, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _begunAfter, after);
        _lastLate.Clear();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task TakeAsync(ArrivalBatch batch, CancellationToken cancellationToken)
    {
        foreach (var span in batch.Spans)
        {
            if (Hours.Of(span.EarliestMs) < rollups.NotedBefore)
            {
                _lastLate[span.LoggerId] = batch.LastId;
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The last 24 hours of these series by their keys. Series outside the user's scope are left out.</summary>
    public IReadOnlyDictionary<int, LastDay> Read(SiteScope scope, IEnumerable<int> seriesIds)
    {
        var now = time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        Dictionary<int, LastDay> days = [];

        // It takes what arrives at once and waits for nothing.
        arrivals.DeliverAsync(this).GetAwaiter().GetResult();
        using var reader = new LastDayReader(store, loggers, rollups, nowMs);
        foreach (var id in seriesIds)
        {
            if (series.Find(id) is { } its && scope.SeesLogger(its.LoggerId))
            {
                days[id] = Since(Find(its, reader, now), scope.SinceUtc(its.LoggerId));
            }
        }

        return days;
    }

    private LastDay Find(SeriesEntry its, LastDayReader reader, DateTimeOffset now)
    {
        if (!_known.TryGetValue(its.Id, out var known) || !known.Holds(its, LastLate(its.LoggerId), now))
        {
            // These are taken before the rows are read. If a reading arrives in between, the result counts as older than it is and is read
            // again.
            var (newest, late) = (its.NewestMs, LastLate(its.LoggerId));
            _known[its.Id] = known = new Known(reader.Read(its, late <= rollups.RolledUpTo), newest, late, now);
        }

        return known.Day;
    }

    /// <summary>The last message that brought something of a logger for an hour that was over.</summary>
    private long LastLate(int loggerId) => _lastLate.GetValueOrDefault(loggerId, Interlocked.Read(ref _begunAfter));

    private static LastDay Since(LastDay day, DateTimeOffset sinceUtc) =>
        sinceUtc.ToUnixTimeMilliseconds() is var since && since <= day.FromMs ? day : day with
        {
            Hours = [.. day.Hours.Where(h => h.FirstMs >= since)],
            Gaps = [.. day.Gaps.Where(g => g.ToMs > since).Select(g => g with { FromMs = Math.Max(since, g.FromMs) })],
        };

    private sealed record Known(LastDay Day, long? NewestMs, long LastLate, DateTimeOffset ReadUtc)
    {
        public bool Holds(SeriesEntry its, long lastLate, DateTimeOffset now) =>
            now >= ReadUtc && Hours.Of(now.ToUnixTimeMilliseconds()) == Hours.Of(ReadUtc.ToUnixTimeMilliseconds())
            && lastLate == LastLate
            && now - ReadUtc < (its.NewestMs == NewestMs ? Most : Day.Hours.Count < 2 ? TimeSpan.Zero : Least);
    }
}
