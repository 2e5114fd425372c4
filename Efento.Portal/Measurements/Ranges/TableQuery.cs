using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>Which part of the readings a table shows.</summary>
/// <param name="FromUtc">Measured from then on.</param>
/// <param name="ToUtc">Measured before.</param>
/// <param name="Channel">The channel; null for all.</param>
/// <param name="IsNewestFirst">Whether the newest comes first; at one instant by channel and type either way.</param>
/// <param name="After">Only behind this place in that order; null begins with the first.</param>
/// <param name="Limit">At most so many.</param>
public sealed record TablePageRequest(DateTimeOffset FromUtc, DateTimeOffset ToUtc, byte? Channel, bool IsNewestFirst, ReadingPosition? After, int Limit);

/// <summary>The readings of a point or logger page by page, in the order they were measured, late ones marked.</summary>
public sealed class TableQuery(SqliteDatabase database, IReadingStore readings, RollupQueue rollups, SeriesDirectory series, PointHistory points, ReceiptTimes receipts)
{
    /// <summary>A page of what was measured at a point, whichever loggers did.</summary>
    public async Task<TablePage> ReadPointAsync(SiteScope scope, int pointId, TablePageRequest page, CancellationToken cancellationToken = default)
    {
        var spans = await points.SpansAsync(scope, pointId, cancellationToken);
        return await Task.Run(
            () => Read([.. spans.Select(s => (s.LoggerId, s.FromUtc.ToUnixTimeMilliseconds(), s.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue))], page), cancellationToken);
    }

    /// <summary>A page of what a logger measured.</summary>
    public Task<TablePage> ReadLoggerAsync(SiteScope scope, int loggerId, TablePageRequest page, CancellationToken cancellationToken = default) =>
        Task.Run(() => Read([(loggerId, scope.SinceUtc(loggerId).ToUnixTimeMilliseconds(), long.MaxValue)], page), cancellationToken);

    private TablePage Read(IReadOnlyList<(int LoggerId, long FromMs, long ToMs)> spans, TablePageRequest page)
    {
        using var reader = new PieceReader(database, receipts, rollups.RolledBefore);
        List<TableRow> rows = [];
        foreach (var (loggerId, fromMs, toMs) in page.IsNewestFirst ? spans.Reverse() : spans)
        {
            if (rows.Count > page.Limit)
            {
                break;
            }

            var part = new ReadingPage(
                loggerId,
                page.Channel,
                Math.Max(fromMs, page.FromUtc.ToUnixTimeMilliseconds()),
                Math.Min(toMs, page.ToUtc.ToUnixTimeMilliseconds()),
                page.After,
                page.Limit + 1 - rows.Count,
                page.IsNewestFirst);
            rows.AddRange(InWords(reader, loggerId, readings.ReadPage(part)));
        }

        if (rows.Count <= page.Limit)
        {
            return new TablePage(rows, null);
        }

        rows.RemoveAt(page.Limit);
        return new TablePage(rows, new ReadingPosition(rows[^1].Reading.MeasuredAtMs, rows[^1].Channel, rows[^1].Type.Key));
    }

    private IEnumerable<TableRow> InWords(PieceReader reader, int loggerId, IReadOnlyList<(int SeriesId, Reading Reading)> found)
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
