using Efento.Portal.Devices;

namespace Efento.Portal.Measurements;

/// <summary>What a logger measured, for pages and the read API.</summary>
public sealed class HistoryQuery(SeriesDirectory series, IReadingStore readings, ReceiptTimes receipts, TimeProvider time)
{
    /// <summary>How many points a series has at most unless asked otherwise.</summary>
    public const int DefaultPoints = 1_000;

    private const int MostGaps = 200;

    /// <summary>Every series of a logger measured in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>), by channel and type.</summary>
    /// <param name="scope">Whoever asks.</param>
    /// <param name="loggerId">The logger.</param>
    /// <param name="fromUtc">From when on.</param>
    /// <param name="toUtc">Until when.</param>
    /// <param name="maxPoints">The most points of a series, <see cref="MinMax.FewestPoints"/> at least.</param>
    /// <param name="outages">When the portal took nothing on purpose, in order; null if it never did.</param>
    /// <param name="cancellationToken">Ends it between two series.</param>
    public Task<IReadOnlyList<SeriesHistory>> ReadAsync(
        SiteScope scope,
        int loggerId,
        DateTimeOffset fromUtc,
        DateTimeOffset toUtc,
        int maxPoints = DefaultPoints,
        IReadOnlyList<Outage>? outages = null,
        CancellationToken cancellationToken = default) =>
        Task.Run<IReadOnlyList<SeriesHistory>>(
            () =>
            {
                var since = scope.SinceUtc(loggerId);
                var from = fromUtc > since ? fromUtc : since;
                var histories = new List<SeriesHistory>();
                foreach (var one in scope.SeesLogger(loggerId) ? series.Of(loggerId) : [])
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    histories.Add(Read(one, from.ToUnixTimeMilliseconds(), toUtc.ToUnixTimeMilliseconds(), maxPoints, outages ?? []));
                }

                return histories;
            },
            cancellationToken);

    /// <summary>
    /// The last readings of a logger, newest measured first, all series together; those ahead of the clock included. They are few and
    /// SQLite gives them at once, so that a page has them in its first rendering.
    /// </summary>
    public Task<IReadOnlyList<SeriesReading>> ReadLastAsync(SiteScope scope, int loggerId, int count)
    {
        var since = scope.SinceUtc(loggerId);
        return Task.FromResult<IReadOnlyList<SeriesReading>>([.. InWords(readings.ReadLast(loggerId, count)).Where(r => r.Reading.MeasuredAtUtc >= since)]);
    }

    /// <summary>A part of the readings of a logger in measured order, then by channel and type.</summary>
    /// <returns>The readings, and the place after which the next part begins; null if there is none now.</returns>
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

    /// <summary>The history of one series; synchronous, some ms for a month.</summary>
    internal SeriesHistory Read(SeriesEntry one, long fromMs, long toMs, int maxPoints, IReadOnlyList<Outage> outages)
    {
        using var samples = new SampleBuffer();
        readings.Read(one.LoggerId, one.Id, fromMs, toMs, samples);
        var count = samples.Count;
        var longest = GapFinder.LongestSpacing(samples);
        var gaps = GapFinder.Break(samples);
        AddEdges(gaps, samples, one, fromMs, toMs, longest);
        var points = one.Type.Kind is MeasurementKind.Binary
            ? StateChanges.Reduce(samples.Times, samples.Values, maxPoints)
            : MinMax.Reduce(samples.Times, samples.Values, maxPoints);
        return new SeriesHistory(one.Id, one.Channel, one.Type, points, samples.Count > maxPoints, count, Longest(Outage.Explain(gaps, outages, longest)))
        {
            Delayed = [.. Delayed(one, fromMs, toMs, outages, longest ?? 0)],
        };
    }

    /// <summary>What was measured in each outage and came after it; half an interval around each reading is its own.</summary>
    private IEnumerable<DelayedStretch> Delayed(SeriesEntry one, long fromMs, long toMs, IReadOnlyList<Outage> outages, double longest)
    {
        var half = (long)(longest / 3);
        return
            from outage in outages
            let first = Math.Max(fromMs, outage.FromMs)
            let end = Math.Min(toMs, outage.ToMs)
            let found = readings.ReadDelayed(one.LoggerId, one.Id, first, end, receipts.First(outage.ToMs))
            where found is not null
            select new DelayedStretch(Math.Max(first, found.Value.FromMs - half), Math.Min(end, found.Value.ToMs + half));
    }

    private static List<HistoryGap> Longest(List<HistoryGap> gaps) =>
        gaps.Count <= MostGaps ? gaps : [.. gaps.OrderByDescending(g => g.ToMs - g.FromMs).Take(MostGaps).OrderBy(g => g.FromMs)];

    /// <summary>What is missing at the begin of the range, if the series is older, and at its end.</summary>
    private void AddEdges(List<HistoryGap> gaps, SampleBuffer samples, SeriesEntry one, long fromMs, long toMs, double? longest)
    {
        var untilMs = Math.Min(toMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        var beforeMs = readings.LastMeasured(one.LoggerId, one.Id, fromMs);
        if (samples.Count == 0)
        {
            if (beforeMs is not null && fromMs < untilMs)
            {
                gaps.Add(new HistoryGap(fromMs, untilMs, GapCause.Missing));
            }

            return;
        }

        var (firstMs, lastMs) = (samples.Times[0], samples.Times[^1]);
        if (firstMs - beforeMs > longest)
        {
            gaps.Insert(0, new HistoryGap(fromMs, firstMs, GapCause.Missing));
        }

        if (untilMs - lastMs > longest)
        {
            gaps.Add(new HistoryGap(lastMs, untilMs, GapCause.Missing));
        }
    }

    private IEnumerable<SeriesReading> InWords(IEnumerable<(int SeriesId, Reading Reading)> found) =>
        from one in found
        let its = series.Find(one.SeriesId)
        where its is not null
        select new SeriesReading(its.Channel, its.Type, one.Reading);
}
