using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Reads the pieces of series on a connection of its own: rolled-up hours and days if the whole hour or day lies within the range,
/// otherwise readings.
/// <code>
///   fromMs                                            toMs
///     |readings| hours |       days       | hours |readings|
/// </code>
/// A rollup that the border of the range cuts would bring values from outside. So the edges are always finer than the middle, and hours
/// that are not rolled up yet count as an edge.
/// </summary>
/// <param name="store">The store to read from.</param>
/// <param name="rolledBefore">Hours before this one are rolled up.</param>
internal sealed class SegmentReader(IRangeStore store, long rolledBefore) : IDisposable
{
    private readonly ISegmentRows _rows = store.OpenPieces();

    /// <summary>Adds the pieces of a series measured in [<paramref name="fromMs"/>, <paramref name="toMs"/>) (Unix ms).</summary>
    public void Read(SeriesEntry series, long fromMs, long toMs, Resolution resolution, SegmentBuffer into)
    {
        var from = Hours.From(fromMs);
        var to = Math.Min(Hours.Of(toMs), rolledBefore);
        if (resolution is Resolution.Raw || from >= to)
        {
            ReadReadings(series, fromMs, toMs, into);
            return;
        }

        ReadReadings(series, fromMs, Hours.StartMs(from), into);
        ReadRolled(series, from, to, resolution, into);
        ReadReadings(series, Hours.StartMs(to), toMs, into);
    }

    /// <inheritdoc cref="ISegmentRows.ReadHours"/>
    public void ReadHours(SeriesEntry series, long from, long to, SegmentBuffer into) => _rows.ReadHours(series, from, to, into);

    /// <inheritdoc cref="ISegmentRows.ReadHour"/>
    public void ReadHour(SeriesEntry series, long hour, long untilMs, SegmentBuffer into) => _rows.ReadHour(series, hour, untilMs, into);

    /// <summary>
    /// The last value of a series measured in [<paramref name="fromMs"/>, <paramref name="beforeMs"/>) (Unix ms); null if there is none.
    /// Only the last day and days that are not rolled up are searched reading by reading. A search further back would pass every day
    /// without a value, so an older value comes from the rolled-up days.
    /// </summary>
    public Rollup? ReadLast(SeriesEntry series, long fromMs, long beforeMs)
    {
        var day = Hours.DayOf(Math.Min(Hours.Of(beforeMs), rolledBefore));
        return ReadLastReading(series, Math.Max(fromMs, Hours.StartMs(day * Hours.PerDay)), beforeMs)
            ?? (_rows.ReadLastOfDays(series, day) is { } last && last.LastMs >= fromMs ? last : null);
    }

    /// <inheritdoc cref="ISegmentRows.ReadIntervals"/>
    public List<NamedInterval> ReadIntervals(int loggerId, long fromMs, long toMs) => _rows.ReadIntervals(loggerId, fromMs, toMs);

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private Rollup? ReadLastReading(SeriesEntry series, long fromMs, long beforeMs) =>
        fromMs < beforeMs ? _rows.ReadLastReading(series, fromMs, beforeMs) : null;

    private void ReadRolled(SeriesEntry series, long from, long to, Resolution resolution, SegmentBuffer into)
    {
        var (firstDay, endDay) = (Hours.DayFrom(from), Hours.DayOf(to));
        if (resolution is Resolution.Hour || firstDay >= endDay)
        {
            _rows.ReadHours(series, from, to, into);
            return;
        }

        _rows.ReadHours(series, from, firstDay * Hours.PerDay, into);
        _rows.ReadDays(series, firstDay, endDay, into);
        _rows.ReadHours(series, endDay * Hours.PerDay, to, into);
    }

    private void ReadReadings(SeriesEntry series, long fromMs, long toMs, SegmentBuffer into)
    {
        if (fromMs < toMs)
        {
            _rows.ReadReadings(series, fromMs, toMs, into);
        }
    }
}
