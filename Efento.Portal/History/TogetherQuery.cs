using Efento.Portal.Devices.Administration;

namespace Efento.Portal.History;

/// <summary>What was measured at one moment at several points.</summary>
/// <param name="MeasuredAtUtc">The moment.</param>
/// <param name="Points">The points that have a reading of it, by key, in the order asked for.</param>
internal sealed record TogetherRow(DateTimeOffset MeasuredAtUtc, IReadOnlyList<(int PointId, MomentRow Moment)> Points)
{
    /// <summary>The reading of a channel; null if the point has none of this moment.</summary>
    public TableRow? Of(int pointId, byte channel, string typeKey) =>
        Points.Where(p => p.PointId == pointId).Select(p => p.Moment.Of(channel, typeKey)).FirstOrDefault(row => row is not null);
}

/// <summary>A page of moments in the order asked for.</summary>
/// <param name="Rows">The moments.</param>
/// <param name="NextUtc">
/// Where the range of the next page ends or, if the oldest moment comes first, begins; null if this is the last page.
/// </param>
internal sealed record TogetherPage(IReadOnlyList<TogetherRow> Rows, DateTimeOffset? NextUtc);

/// <summary>Reads the readings of several points page by page, moment by moment.</summary>
internal sealed class TogetherQuery(TableQuery readings)
{
    /// <summary>Reads a page of the moments of a range.</summary>
    /// <param name="points">The points.</param>
    /// <param name="fromUtc">The begin of the range.</param>
    /// <param name="toUtc">The end of the range; not part of it.</param>
    /// <param name="isNewestFirst">Whether the newest moment comes first.</param>
    /// <param name="limit">The most moments.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TogetherPage> ReadAsync(
        IReadOnlyList<PointSpans> points, DateTimeOffset fromUtc, DateTimeOffset toUtc, bool isNewestFirst, int limit,
        CancellationToken cancellationToken = default)
    {
        var request = new TablePageRequest(fromUtc, toUtc, null, isNewestFirst, null, limit);
        List<(int PointId, MomentPage Page)> pages = [];
        foreach (var point in points)
        {
            pages.Add((point.PointId, await readings.ReadMomentsAsync(point, request, cancellationToken)));
        }

        var all = pages.SelectMany(p => p.Page.Rows.Select(row => (p.PointId, Moment: row))).GroupBy(p => p.Moment.MeasuredAtUtc);
        var moments = (isNewestFirst ? all.OrderByDescending(g => g.Key) : all.OrderBy(g => g.Key))
            .Select(g => new TogetherRow(g.Key, [.. g])).ToList();
        var whole = moments.TakeWhile(m => IsWithin(m.MeasuredAtUtc, EdgeOf(pages, isNewestFirst), isNewestFirst)).Take(limit).ToList();
        return new TogetherPage(whole, whole.Count < moments.Count || pages.Any(p => p.Page.Next is not null) ? After(whole) : null);

        DateTimeOffset After(List<TogetherRow> rows) =>
            isNewestFirst ? rows[^1].MeasuredAtUtc : rows[^1].MeasuredAtUtc.AddMilliseconds(1);
    }

    /// <summary>
    /// Up to where every point was read: a point with further readings was read up to the last one of its page. Null if all were read.
    /// </summary>
    private static DateTimeOffset? EdgeOf(IEnumerable<(int PointId, MomentPage Page)> pages, bool isNewestFirst)
    {
        var ends = pages.Where(p => p.Page.Next is not null).Select(p => p.Page.Rows[^1].MeasuredAtUtc).ToList();
        return ends.Count == 0 ? null : isNewestFirst ? ends.Max() : ends.Min();
    }

    private static bool IsWithin(DateTimeOffset atUtc, DateTimeOffset? edgeUtc, bool isNewestFirst) =>
        edgeUtc is not { } edge || (isNewestFirst ? atUtc >= edge : atUtc <= edge);
}
