using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Reads the last 24 hours of series. A rolled-up hour is used as it is if it can hide no gap; otherwise its readings are read. Missing
/// times are found by the same walk as for a chart (<see cref="RangeAnalysis"/>), so a tile and a chart never disagree. The database is
/// opened for the first series that is read.
/// </summary>
internal sealed class LastDayReader(IRangeStore store, LoggerDirectory loggers, RollupQueue rollups, long nowMs) : IDisposable
{
    private const double IntervalsToGap = 1.5;

    private readonly long _first = Hours.Of(nowMs) - LastDayQuery.HourCount + 1;
    private readonly long _rolled = Math.Min(rollups.RolledBefore, Hours.Of(nowMs) + 1);
    private SegmentReader? _reader;

    /// <summary>Reads the last 24 hours of a series.</summary>
    /// <param name="its">The series.</param>
    /// <param name="isRolledUp">Whether the rollups hold everything that came for hours that are over.</param>
    public LastDay Read(SeriesEntry its, bool isRolledUp)
    {
        var reader = _reader ??= new SegmentReader(store, rollups.RolledBefore);
        var range = new Stretch(Hours.StartMs(_first), nowMs);
        var intervals = reader.ReadIntervals(its.LoggerId, range.FromMs, range.ToMs + 1);
        using var pieces = new SegmentBuffer();
        ReadPieces(reader, its, isRolledUp ? _rolled : _first, intervals, pieces);
        // The last value before the range matters only if a gap leads up to the first one in it. Usually none does, and a look-up is saved.
        var isBegun = pieces.Count > 0 && pieces.Pieces[0].FirstMs - range.FromMs <= IntervalsToGap * IntervalAt(intervals, range.FromMs);
        var before = isBegun ? null : reader.ReadLast(its, long.MinValue, range.FromMs);
        var part = new Part(its, range.FromMs, range.ToMs, 0, pieces.Count, intervals, before)
        {
            Awaited = Awaited.Of(loggers, its.LoggerId)
        };
        var walk = RangeAnalysis.Through(its.Type.Kind, pieces.Pieces, Section.Of(pieces.Pieces, [part]), range);
        return new LastDay(
            its.Type, range.FromMs, range.ToMs, InHours(pieces.Pieces, its.Type.Kind, walk.Missing),
            [.. walk.Missing.Select(m => new Stretch(m.FromMs, m.ToMs))]);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader?.Dispose();

    private void ReadPieces(SegmentReader reader, SeriesEntry its, long rolled, List<NamedInterval> intervals, SegmentBuffer into)
    {
        using var hours = new SegmentBuffer();
        reader.ReadHours(its, _first, rolled, hours);
        foreach (ref readonly var hour in hours.Pieces)
        {
            if (MayHideGap(hour, IntervalAt(intervals, hour.FirstMs)))
            {
                reader.ReadHour(its, Hours.Of(hour.FirstMs), nowMs, into);
            }
            else
            {
                into.Add(hour);
            }
        }

        for (var hour = Math.Max(_first, rolled); hour <= Hours.Of(nowMs); hour++)
        {
            reader.ReadHour(its, hour, nowMs, into);
        }
    }

    /// <summary>
    /// Whether an hour may hide a gap: it has a reading without value, or its values lie too far apart. If n values span more than n − 2
    /// intervals and one longest normal spacing, one of the n − 1 spacings is a gap, unless some are shorter than the interval.
    /// </summary>
    private static bool MayHideGap(in Rollup hour, long intervalMs) =>
        hour.Empty > 0
            || (hour.Count > 1 && (intervalMs == 0 || hour.LastMs - hour.FirstMs > (hour.Count - 2 + IntervalsToGap) * intervalMs));

    private static long IntervalAt(List<NamedInterval> intervals, long ms)
    {
        var index = intervals.FindLastIndex(i => i.FromMs <= ms);
        return index < 0 ? 0 : intervals[index].IntervalMs;
    }

    /// <summary>Puts the pieces of each hour together, but not across a gap.</summary>
    private static List<Rollup> InHours(ReadOnlySpan<Rollup> pieces, MeasurementKind kind, IReadOnlyList<MissingTime> missing)
    {
        HashSet<long> lastBeforeGap = [.. missing.Select(m => m.FromMs)];
        List<Rollup> found = [];
        foreach (ref readonly var piece in pieces)
        {
            if (piece.Count == 0)
            {
                continue;
            }

            if (found is [.., var last] && Hours.Of(last.FirstMs) == Hours.Of(piece.FirstMs) && !lastBeforeGap.Contains(last.LastMs))
            {
                found[^1] = last.Then(piece, kind);
            }
            else
            {
                found.Add(piece);
            }
        }

        return found;
    }
}
