using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>The page of readings that a table asks for.</summary>
/// <param name="FromUtc">The begin of the range.</param>
/// <param name="ToUtc">The end of the range; not part of it.</param>
/// <param name="Channel">The channel; null for all.</param>
/// <param name="IsNewestFirst">
/// Whether the newest reading comes first. Readings of the same instant are ordered by channel and type in both cases.
/// </param>
/// <param name="After">The position after which the page begins; null begins with the first reading.</param>
/// <param name="Limit">The most readings.</param>
internal sealed record TablePageRequest(
    DateTimeOffset FromUtc, DateTimeOffset ToUtc, byte? Channel, bool IsNewestFirst, ReadingPosition? After, int Limit);

/// <summary>Reads the readings of a point page by page, in measured order, and marks the late ones.</summary>
internal sealed class TableQuery(
    IRangeStore store, IReadingStore readings, RollupQueue rollups, SeriesDirectory series, ReceiptTimes receipts)
{
    /// <summary>Reads a page of the readings that all loggers of a point measured there.</summary>
    public Task<TablePage> ReadAsync(PointSpans point, TablePageRequest page, CancellationToken cancellationToken = default) =>
        Task.Run(() => Read(point.All, page), cancellationToken);

    /// <summary>
    /// Reads a page of moments, each with all readings its logger has of it. The limit of <paramref name="page"/> counts moments.
    /// </summary>
    public Task<MomentPage> ReadMomentsAsync(PointSpans point, TablePageRequest page, CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadMoments(point.All, page), cancellationToken);

    private MomentPage ReadMoments(IReadOnlyList<PointSpan> spans, TablePageRequest page)
    {
        // No moment has more readings than a logger has series. So this many readings hold as many whole moments as asked for, if there are
        // that many.
        var most = spans.Select(span => series.Of(span.LoggerId).Count).DefaultIfEmpty().Max();
        var read = Read(spans, page with { Limit = page.Limit * Math.Max(1, most) });
        var moments = read.Rows.GroupBy(r => r.Reading.MeasuredAtMs)
            .Select(g => new MomentRow(g.First().LoggerId, DateTimeOffset.FromUnixTimeMilliseconds(g.Key), [.. g]))
            .ToList();
        if (moments.Count <= page.Limit)
        {
            return new MomentPage(moments, read.Next);
        }

        moments.RemoveRange(page.Limit, moments.Count - page.Limit);
        return new MomentPage(moments, PositionOf(moments[^1].Readings[^1]));
    }

    private static ReadingPosition PositionOf(TableRow row) => new(row.Reading.MeasuredAtMs, row.Channel, row.Type.Key);

    private TablePage Read(IReadOnlyList<PointSpan> spans, TablePageRequest page)
    {
        using var reader = new SegmentReader(store, rollups.RolledBefore);
        List<TableRow> rows = [];
        foreach (var span in page.IsNewestFirst ? spans.Reverse() : spans)
        {
            if (rows.Count > page.Limit)
            {
                break;
            }

            var part = new ReadingPage(
                span.LoggerId,
                page.Channel,
                Math.Max(span.FromUtc.ToUnixTimeMilliseconds(), page.FromUtc.ToUnixTimeMilliseconds()),
                Math.Min(span.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue, page.ToUtc.ToUnixTimeMilliseconds()),
                page.After,
                // One more than the page holds tells whether another page follows.
                page.Limit + 1 - rows.Count,
                page.IsNewestFirst);
            rows.AddRange(InWords(reader, span.LoggerId, readings.ReadPage(part)));
        }

        if (rows.Count <= page.Limit)
        {
            return new TablePage(rows, null);
        }

        rows.RemoveAt(page.Limit);
        return new TablePage(rows, PositionOf(rows[^1]));
    }

    private IEnumerable<TableRow> InWords(SegmentReader reader, int loggerId, IReadOnlyList<(int SeriesId, Reading Reading)> found)
    {
        if (found.Count == 0)
        {
            return [];
        }

        var intervals = reader.ReadIntervals(loggerId, found.Min(f => f.Reading.MeasuredAtMs), found.Max(f => f.Reading.MeasuredAtMs) + 1);
        return
            from one in found
            let its = series.Find(one.SeriesId)
            where its is not null
            let interval = intervals.LastOrDefault(i => i.FromMs <= one.Reading.MeasuredAtMs).IntervalMs
            let received = receipts.ReceivedAtUtc(one.Reading.MessageId)
            let isLate = LateRule.IsLate(one.Reading.MeasuredAtMs, received.ToUnixTimeMilliseconds(), interval)
            select new TableRow(loggerId, its.Channel, its.Type, one.Reading, received, isLate);
    }
}
