using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// Reads one channel over a range: at most so many points, everything that is missing, the figures. Synchronous; some ms for any range
/// (docs/performance.md).
/// </summary>
public sealed class RangeReader(SqliteDatabase database, LoggerDirectory loggers, RollupQueue rollups, ReceiptTimes receipts, TimeProvider time)
{
    private const long DayMs = SqliteReadingStore.HourMs * Hours.PerDay;

    /// <summary>From when on hours or days are read instead of readings: when a point stands for as long.</summary>
    public static Resolution ResolutionOf(Stretch range, int maxPoints) => ((range.ToMs - range.FromMs) / maxPoints) switch
    {
        >= DayMs => Resolution.Day,
        >= SqliteReadingStore.HourMs => Resolution.Hour,
        _ => Resolution.Raw,
    };

    /// <summary>Reads a channel.</summary>
    /// <param name="type">What is measured.</param>
    /// <param name="spans">The series that measured it in the range, in order, each from when until when.</param>
    /// <param name="range">The range.</param>
    /// <param name="maxPoints">The most points, <see cref="MinMax.FewestPoints"/> at least.</param>
    internal ChannelRange Read(MeasurementType type, IReadOnlyList<SeriesSpan> spans, Stretch range, int maxPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, MinMax.FewestPoints);
        var resolution = ResolutionOf(range, maxPoints);
        using var reader = new PieceReader(database, receipts, rollups.RolledBefore);
        using var pieces = new PieceBuffer();
        var parts = ReadParts(reader, spans, resolution, pieces);
        var present = range with { ToMs = Math.Max(range.FromMs, Math.Min(range.ToMs, NowMs)) };
        var walk = RangeWalk.Through(type.Kind, pieces.Pieces, Section.Of(pieces.Pieces, parts), present);
        if (type.Kind is MeasurementKind.Binary)
        {
            return new ChannelRange([], ReadStates(reader, pieces, parts, walk, range, present.ToMs, maxPoints, resolution), false, walk);
        }

        var points = Band.Of(pieces.Pieces, parts, walk.Missing, type.Kind, range, maxPoints, resolution);
        return new ChannelRange(points, [], points.Count(p => !p.IsBreak) < (walk.Sum?.Count ?? 0), walk);
    }

    /// <summary>The figures of a channel in times that follow each other, such as days; null where no logger measured there.</summary>
    internal IEnumerable<RangeStatistics?> ReadStatistics(MeasurementType type, IReadOnlyList<SeriesSpan> spans, IEnumerable<Stretch> times)
    {
        using var reader = new PieceReader(database, receipts, rollups.RolledBefore);
        foreach (var range in times)
        {
            using var pieces = new PieceBuffer();
            var within = spans.Select(s => s with { FromMs = Math.Max(s.FromMs, range.FromMs), ToMs = Math.Min(s.ToMs, range.ToMs) }).Where(s => s.FromMs < s.ToMs).ToList();
            if (within.Count == 0)
            {
                yield return null;
            }
            else
            {
                var parts = ReadParts(reader, within, Resolution.Hour, pieces);
                var present = range with { ToMs = Math.Max(range.FromMs, Math.Min(range.ToMs, NowMs)) };
                yield return RangeWalk.Through(type.Kind, pieces.Pieces, Section.Of(pieces.Pieces, parts), present).Statistics();
            }
        }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private List<Part> ReadParts(PieceReader reader, IReadOnlyList<SeriesSpan> spans, Resolution resolution, PieceBuffer pieces)
    {
        List<Part> parts = [];
        foreach (var span in spans)
        {
            var before = parts.Count == 0 ? reader.ReadLast(span.Series, span.SinceMs, span.FromMs) : null;
            var first = pieces.Count;
            reader.Read(span.Series, span.FromMs, span.ToMs, resolution, pieces);
            parts.Add(new Part(span.Series, span.FromMs, span.ToMs, first, pieces.Count, reader.ReadIntervals(span.Series.LoggerId, before?.LastMs ?? span.FromMs, span.ToMs), before)
            {
                Awaited = Awaited.Of(loggers, span.Series.LoggerId),
            });
        }

        return parts;
    }

    /// <summary>Where there are few changes, hours and days of several states are read again, down to the readings.</summary>
    private static List<StateStretch> ReadStates(
        PieceReader reader, PieceBuffer pieces, List<Part> parts, RangeWalk walk, Stretch range, long untilMs, int limit, Resolution resolution)
    {
        // Each change and each gap begins a stretch.
        var most = (walk.Sum?.Moved ?? 0) + walk.Missing.Count + 1;
        if (most <= limit)
        {
            using var whole = new PieceBuffer();
            foreach (var part in parts)
            {
                Resolve(reader, part.Series, pieces.Pieces[part.First..part.End], resolution, whole);
            }

            return States.Of([.. whole.Pieces.ToArray().Where(p => p.Count > 0)], walk.Missing, untilMs);
        }

        List<StateStretch> stretches = [];
        for (var buckets = Math.Max(1, limit - parts.Count - 1); buckets > 0 && (stretches.Count is 0 || stretches.Count > limit); buckets = Buckets.Fewer(buckets, stretches.Count, limit))
        {
            stretches = States.Of(Buckets.Of(pieces.Pieces, parts, MeasurementKind.Binary, Buckets.WidthMs(range, buckets, resolution)), walk.Missing, untilMs);
        }

        return stretches;
    }

    private static void Resolve(PieceReader reader, SeriesEntry series, ReadOnlySpan<Rollup> pieces, Resolution resolution, PieceBuffer into)
    {
        foreach (ref readonly var piece in pieces)
        {
            if (resolution is Resolution.Raw || States.IsOneState(piece) || piece.Count == 0)
            {
                into.Add(piece);
                continue;
            }

            var finer = resolution is Resolution.Day ? Resolution.Hour : Resolution.Raw;
            using var parts = new PieceBuffer();
            if (finer is Resolution.Raw)
            {
                reader.Read(series, piece.FirstMs, piece.LastMs + 1, finer, parts);
            }
            else
            {
                reader.Read(series, Hours.StartMs(Hours.Of(piece.FirstMs)), Hours.StartMs(Hours.Of(piece.LastMs) + 1), finer, parts);
            }

            Resolve(reader, series, parts.Pieces, finer, into);
        }
    }
}

/// <summary>A series that measured a channel, within a range.</summary>
/// <param name="Series">The series.</param>
/// <param name="SinceMs">Since when it has measured there, Unix ms; may lie before the range.</param>
/// <param name="FromMs">From when on within the range.</param>
/// <param name="ToMs">Until when within the range.</param>
internal sealed record SeriesSpan(SeriesEntry Series, long SinceMs, long FromMs, long ToMs);

/// <summary>A channel over a range, before its gaps are explained.</summary>
/// <param name="Points">The points of its band.</param>
/// <param name="States">Its states, if it is binary.</param>
/// <param name="IsReduced">Whether points stand for several readings.</param>
/// <param name="Walk">What is missing, late and covered.</param>
internal sealed record ChannelRange(IReadOnlyList<BandPoint> Points, IReadOnlyList<StateStretch> States, bool IsReduced, RangeWalk Walk);
