using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>Reads the readings of a logger page by page or in portions, for the read API.</summary>
internal sealed class ReadingsQuery(SeriesDirectory series, IReadingStore readings, IReadingPortions portions)
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

    /// <summary>
    /// Adds the next portion of the readings of a logger, in the order of pages. It may be empty although more follow.
    /// </summary>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="page">The range; its limit and order do not count.</param>
    /// <param name="into">Takes the readings.</param>
    /// <returns>What is left; null if the range was read to its end.</returns>
    public ReadingPage? ReadPortion(SiteScope scope, in ReadingPage page, List<SeriesReading> into)
    {
        var channel = page.Channel;
        IReadOnlyList<SeriesEntry> wanted =
            channel is null ? series.Of(page.LoggerId) : [.. series.Of(page.LoggerId).Where(one => one.Channel == channel)];
        var sinceMs = scope.SinceUtc(page.LoggerId).ToUnixTimeMilliseconds();
        var fromMs = Math.Max(Math.Max(page.FromMs, sinceMs), page.After?.MeasuredAtMs ?? long.MinValue);
        var begin = into.Count;
        var nextMs = portions.Read(page.LoggerId, wanted, fromMs, page.ToMs, into);
        if (page.After is { } after)
        {
            into.RemoveRange(begin, into.Skip(begin).TakeWhile(one => !IsBehind(one, after)).Count());
        }

        return nextMs is { } next ? page with { FromMs = next, After = null } : null;
    }

    private static bool IsBehind(in SeriesReading one, ReadingPosition place)
    {
        var (ms, channel) = (one.Reading.MeasuredAtMs, one.Channel);
        return ms != place.MeasuredAtMs ? ms > place.MeasuredAtMs
            : channel != place.Channel ? channel > place.Channel
            : string.CompareOrdinal(one.Type.Key, place.TypeKey) > 0;
    }

    private IEnumerable<SeriesReading> InWords(IEnumerable<(int SeriesId, Reading Reading)> found) =>
        from one in found
        let its = series.Find(one.SeriesId)
        where its is not null
        select new SeriesReading(its.Channel, its.Type, one.Reading);
}
