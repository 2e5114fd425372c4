using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// Reads the last 24 hours of series, from the rollups of hours where those tell all there is to know, else from the readings. What is missing is found as
/// for a chart. The database is opened with the first series.
/// </summary>
internal sealed class LastDayReader(SqliteDatabase database, LoggerDirectory loggers, RollupQueue rollups, ReceiptTimes receipts, long nowMs) : IDisposable
{
    private const double IntervalsToGap = 1.5;

    private readonly long _first = Hours.Of(nowMs) - LastDayQuery.HourCount + 1;
    private readonly long _rolled = Math.Min(rollups.RolledBefore, Hours.Of(nowMs) + 1);
    private PieceReader? _reader;

    /// <summary>Reads the hours of a series.</summary>
    /// <param name="its">The series.</param>
    /// <param name="isRolledUp">Whether rollups hold everything that came for hours that are over.</param>
    public LastDay Read(SeriesEntry its, bool isRolledUp)
    {
        var reader = _reader ??= new PieceReader(database, receipts, rollups.RolledBefore);
        var range = new Stretch(Hours.StartMs(_first), nowMs);
        var intervals = reader.ReadIntervals(its.LoggerId, range.FromMs, range.ToMs + 1);
        using var pieces = new PieceBuffer();
        ReadPieces(reader, its, isRolledUp ? _rolled : _first, intervals, pieces);
        var isBegun = pieces.Count > 0 && pieces.Pieces[0].FirstMs - range.FromMs <= IntervalsToGap * IntervalAt(intervals, range.FromMs);
        var before = isBegun ? null : reader.ReadLast(its, long.MinValue, range.FromMs);
        var part = new Part(its, range.FromMs, range.ToMs, 0, pieces.Count, intervals, before) { Awaited = Awaited.Of(loggers, its.LoggerId) };
        var walk = RangeWalk.Through(its.Type.Kind, pieces.Pieces, Section.Of(pieces.Pieces, [part]), range);
        return new LastDay(its.Type, range.FromMs, range.ToMs, InHours(pieces.Pieces, its.Type.Kind, walk.Missing), [.. walk.Missing.Select(m => new Stretch(m.FromMs, m.ToMs))]);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader?.Dispose();

    private void ReadPieces(PieceReader reader, SeriesEntry its, long rolled, List<NamedInterval> intervals, PieceBuffer into)
    {
        using var hours = new PieceBuffer();
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

    /// <summary>Whether a spacing within an hour may be longer than the interval (ms; 0 if not known), or a reading without value lie in it.</summary>
    private static bool MayHideGap(in Rollup hour, long intervalMs) =>
        hour.Empty > 0 || (hour.Count > 1 && (intervalMs == 0 || hour.LastMs - hour.FirstMs > (hour.Count - 2 + IntervalsToGap) * intervalMs));

    private static long IntervalAt(List<NamedInterval> intervals, long ms)
    {
        var index = intervals.FindLastIndex(i => i.FromMs <= ms);
        return index < 0 ? 0 : intervals[index].IntervalMs;
    }

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
