using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>Reads the readings of a logger page by page, for the read API.</summary>
internal sealed class ReadingsQuery(SeriesDirectory series, IReadingStore readings)
{
    /// <summary>A page of the readings of a logger in measured order, then by channel and type.</summary>
    /// <returns>The readings, and the position after which the next page begins; null if there is none now.</returns>
    public Task<(IReadOnlyList<SeriesReading> Readings, ReadingPosition? Next)> ReadPageAsync(
        SiteScope scope, ReadingPage page, CancellationToken cancellationToken = default) =>
        Task.Run<(IReadOnlyList<SeriesReading>, ReadingPosition?)>(
            () =>
            {
                var fromMs = Math.Max(page.FromMs, scope.SinceUtc(page.LoggerId).ToUnixTimeMilliseconds());
                var found = InWords(readings.ReadPage(page with { FromMs = fromMs, Limit = page.Limit + 1 })).ToList();
                if (found.Count <= page.Limit)
                {
                    return (found, null);
                }

                found.RemoveAt(page.Limit);
                return (found, new ReadingPosition(found[^1].Reading.MeasuredAtMs, found[^1].Channel, found[^1].Type.Key));
            },
            cancellationToken);

    private IEnumerable<SeriesReading> InWords(IEnumerable<(int SeriesId, Reading Reading)> found) =>
        from one in found
        let its = series.Find(one.SeriesId)
        where its is not null
        select new SeriesReading(its.Channel, its.Type, one.Reading);
}
