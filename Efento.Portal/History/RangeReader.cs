using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Reads one channel over a range: its points up to a limit, its missing times, its late stretches and its statistics. Synchronous; takes
/// some ms for any range (docs/performance.md).
/// </summary>
/// <remarks><see cref="RangeQuery"/> draws the whole way from the question to the points.</remarks>
internal sealed class RangeReader(IRangeStore store, LoggerDirectory loggers, RollupQueue rollups, TimeProvider time)
{
    /// <summary>Reads a channel.</summary>
    /// <param name="type">What is measured.</param>
    /// <param name="spans">The series that measured it in the range, in order of time.</param>
    /// <param name="range">The range.</param>
    /// <param name="maxPoints">The most points; at least <see cref="MinMax.FewestPoints"/>.</param>
    /// <param name="zone">The zone whose days are the points of a long range; null if days don't matter.</param>
    internal ChannelRange Read(
        MeasurementType type, IReadOnlyList<SeriesSpan> spans, Stretch range, int maxPoints, TimeZoneInfo? zone = null) =>
        Read(type, spans, range, maxPoints, BucketGrid.Of(range, maxPoints, zone));

    /// <summary>Reads a channel with the buckets of a grid.</summary>
    /// <param name="type">What is measured.</param>
    /// <param name="spans">The series that measured it in the range, in order of time.</param>
    /// <param name="range">The range.</param>
    /// <param name="maxPoints">The most points; at least <see cref="MinMax.FewestPoints"/>.</param>
    /// <param name="grid">Where buckets begin, and what they are read from.</param>
    internal ChannelRange Read(
        MeasurementType type, IReadOnlyList<SeriesSpan> spans, Stretch range, int maxPoints, BucketGrid grid)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, MinMax.FewestPoints);
        using var reader = new SegmentReader(store, rollups.RolledBefore);
        using var pieces = new SegmentBuffer();
        var parts = ReadParts(reader, spans, grid.Resolution, pieces);
        // Nothing can be missing in the future, so the walk ends at the present. The points are made for the whole range, so that the width
        // of their buckets does not depend on the clock.
        var present = range with { ToMs = Math.Max(range.FromMs, Math.Min(range.ToMs, NowMs)) };
        var walk = RangeAnalysis.Through(type.Kind, pieces.Pieces, Section.Of(pieces.Pieces, parts), present);
        if (type.Kind is MeasurementKind.Binary)
        {
            return new ChannelRange([], ReadStates(reader, pieces, parts, walk, range, present.ToMs, maxPoints, grid), false, walk);
        }

        var (points, width) = Band.Of(pieces.Pieces, parts, walk.Missing, type.Kind, range, maxPoints, grid);
        return new ChannelRange(points, [], points.Count(p => !p.IsBreak) < (walk.Sum?.Count ?? 0), walk) { Days = grid.DaysOf(width) };
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private List<Part> ReadParts(SegmentReader reader, IReadOnlyList<SeriesSpan> spans, Resolution resolution, SegmentBuffer pieces)
    {
        List<Part> parts = [];
        foreach (var span in spans)
        {
            // Only the first logger has a value before the range. A later logger was not at this point before its span.
            var before = parts.Count == 0 ? reader.ReadLast(span.Series, span.SinceMs, span.FromMs) : null;
            var first = pieces.Count;
            reader.Read(span.Series, span.FromMs, span.ToMs, resolution, pieces);
            parts.Add(
                new Part(
                    span.Series, span.FromMs, span.ToMs, first, pieces.Count,
                    reader.ReadIntervals(span.Series.LoggerId, before?.LastMs ?? span.FromMs, span.ToMs), before)
                {
                    Awaited = Awaited.Of(loggers, span.Series.LoggerId),
                });
        }

        return parts;
    }

    /// <summary>
    /// Draws every change exactly if all of them fit: hours and days that hold both states are then read again, down to the readings.
    /// Otherwise neighbouring pieces are put into buckets, and a bucket with both states says how often the state changed.
    /// </summary>
    private static List<StateStretch> ReadStates(
        SegmentReader reader, SegmentBuffer pieces, List<Part> parts, RangeAnalysis walk, Stretch range, long untilMs, int limit,
        BucketGrid grid)
    {
        // Each change and each gap begins a stretch. Rollups count changes too, so the number is known before anything is read again.
        var most = (walk.Sum?.Moved ?? 0) + walk.Missing.Count + 1;
        if (most <= limit)
        {
            using var whole = new SegmentBuffer();
            foreach (var part in parts)
            {
                Resolve(reader, part.Series, pieces.Pieces[part.First..part.End], grid.Resolution, whole);
            }

            return States.Of([.. whole.Pieces.ToArray().Where(p => p.Count > 0)], walk.Missing, untilMs);
        }

        // As in Band.Of: gaps add stretches, so the number of buckets that fits is found by trying.
        List<StateStretch> stretches = [];
        for (var buckets = Math.Max(1, limit - parts.Count - 1); buckets > 0 && (stretches.Count is 0 || stretches.Count > limit);
            buckets = Buckets.Fewer(buckets, stretches.Count, limit))
        {
            stretches = States.Of(
                Buckets.Of(pieces.Pieces, parts, MeasurementKind.Binary, grid, grid.WidthMs(range, buckets)), walk.Missing, untilMs);
        }

        return stretches;
    }

    private static void Resolve(
        SegmentReader reader, SeriesEntry series, ReadOnlySpan<Rollup> pieces, Resolution resolution, SegmentBuffer into)
    {
        foreach (ref readonly var piece in pieces)
        {
            // A piece without values has NaN as minimum and maximum, which are never equal: IsOneState is false, but reading it again is
            // useless.
            if (resolution is Resolution.Raw || States.IsOneState(piece) || piece.Count == 0)
            {
                into.Add(piece);
                continue;
            }

            var finer = resolution is Resolution.Day ? Resolution.Hour : Resolution.Raw;
            using var parts = new SegmentBuffer();
            if (finer is Resolution.Raw)
            {
                reader.Read(series, piece.FirstMs, piece.LastMs + 1, finer, parts);
            }
            else
            {
                // Whole hours: SegmentReader reads an hour that is cut by the border of a range from its readings.
                reader.Read(series, Hours.StartMs(Hours.Of(piece.FirstMs)), Hours.StartMs(Hours.Of(piece.LastMs) + 1), finer, parts);
            }

            Resolve(reader, series, parts.Pieces, finer, into);
        }
    }
}

/// <summary>A series that measured a channel, with its part of a range.</summary>
/// <param name="Series">The series.</param>
/// <param name="SinceMs">When its logger began to measure at the point, Unix ms; may lie before the range.</param>
/// <param name="FromMs">The begin of its part, Unix ms.</param>
/// <param name="ToMs">The end of its part; not part of it.</param>
internal sealed record SeriesSpan(SeriesEntry Series, long SinceMs, long FromMs, long ToMs);

/// <summary>A channel over a range, before its gaps are explained.</summary>
/// <param name="Points">The points of its band.</param>
/// <param name="States">Its states, if it is binary.</param>
/// <param name="IsReduced">Whether points stand for several readings.</param>
/// <param name="Walk">Missing times, late stretches, sum and covered time.</param>
internal sealed record ChannelRange(
    IReadOnlyList<BandPoint> Points, IReadOnlyList<StateStretch> States, bool IsReduced, RangeAnalysis Walk)
{
    /// <summary>How many whole days each point stands for; 0 if points are not whole days.</summary>
    public int Days { get; init; }
}
