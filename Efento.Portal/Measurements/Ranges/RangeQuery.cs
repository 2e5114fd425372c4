using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>What was measured at a point or by a logger in any range, few enough points to be drawn, with gaps and figures (docs/history.md).</summary>
public sealed class RangeQuery(
    RangeReader ranges,
    SeriesDirectory series,
    LoggerDirectory loggers,
    PointHistory points,
    IReadingStore readings,
    SqliteDatabase database,
    ReceiptTimes receipts,
    TimeProvider time)
{
    /// <summary>How many points a channel has at most unless asked otherwise.</summary>
    public const int DefaultPoints = 1_000;

    private const int MostStretches = 200;

    /// <summary>What was measured at a point in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>), whichever loggers did.</summary>
    /// <param name="scope">Whoever asks.</param>
    /// <param name="pointId">The measuring point.</param>
    /// <param name="fromUtc">From when on.</param>
    /// <param name="toUtc">Until when.</param>
    /// <param name="maxPoints">The most points of a channel, <see cref="MinMax.FewestPoints"/> at least.</param>
    /// <param name="cancellationToken">Ends it between two channels.</param>
    public async Task<RangeHistory> ReadPointAsync(
        SiteScope scope, int pointId, DateTimeOffset fromUtc, DateTimeOffset toUtc, int maxPoints = DefaultPoints, CancellationToken cancellationToken = default)
    {
        var spans = await points.SpansAsync(scope, pointId, cancellationToken);
        var replacements = await points.MarksAsync(scope, pointId, fromUtc, toUtc, cancellationToken);
        return await Task.Run(() => Read(ChannelSpans.Of(spans, series, RangeOf(fromUtc, toUtc)), fromUtc, toUtc, maxPoints, replacements, cancellationToken), cancellationToken);
    }

    /// <summary>What a logger measured in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>), wherever it was.</summary>
    /// <inheritdoc cref="ReadPointAsync"/>
    public Task<RangeHistory> ReadLoggerAsync(
        SiteScope scope, int loggerId, DateTimeOffset fromUtc, DateTimeOffset toUtc, int maxPoints = DefaultPoints, CancellationToken cancellationToken = default)
    {
        var since = scope.SinceUtc(loggerId);
        var from = fromUtc > since ? fromUtc : since;
        return Task.Run(
            () => Read(from < toUtc ? ChannelSpans.Of(loggerId, series, RangeOf(from, toUtc)) : [], fromUtc, toUtc, maxPoints, [], cancellationToken), cancellationToken);
    }

    /// <summary>From the first to the last reading at a point; null before the first.</summary>
    public async Task<(DateTimeOffset FirstUtc, DateTimeOffset LastUtc)?> ExtentOfPointAsync(SiteScope scope, int pointId, CancellationToken cancellationToken = default)
    {
        var spans = await points.SpansAsync(scope, pointId, cancellationToken);
        return Extent([.. spans.Select(s => (s.LoggerId, s.FromUtc.ToUnixTimeMilliseconds(), s.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue))]);
    }

    /// <summary>From the first to the last reading of a logger; null before the first.</summary>
    public (DateTimeOffset FirstUtc, DateTimeOffset LastUtc)? ExtentOfLogger(SiteScope scope, int loggerId) =>
        Extent([(loggerId, scope.SinceUtc(loggerId).ToUnixTimeMilliseconds(), long.MaxValue)]);

    private (DateTimeOffset FirstUtc, DateTimeOffset LastUtc)? Extent(IReadOnlyList<(int LoggerId, long FromMs, long ToMs)> spans)
    {
        Reading? One(bool isNewestFirst) => spans.Select(s => readings.ReadPage(new ReadingPage(s.LoggerId, null, s.FromMs, s.ToMs, null, 1, isNewestFirst)))
            .Where(found => found.Count > 0).Select(found => (Reading?)found[0].Reading).FirstOrDefault();
        var first = One(isNewestFirst: false);
        spans = [.. spans.Reverse()];
        return first is { } oldest && One(isNewestFirst: true) is { } newest ? (oldest.MeasuredAtUtc, newest.MeasuredAtUtc) : null;
    }

    private RangeHistory Read(
        IReadOnlyList<ChannelSpans> channels, DateTimeOffset fromUtc, DateTimeOffset toUtc, int maxPoints, IReadOnlyList<ReplacementMark> replacements, CancellationToken cancellationToken)
    {
        var range = RangeOf(fromUtc, toUtc);
        using var evidence = new GapEvidenceReader(database.OpenReader(), loggers, receipts, time.GetUtcNow().ToUnixTimeMilliseconds());
        List<ChannelHistory> histories = [];
        foreach (var channel in channels)
        {
            cancellationToken.ThrowIfCancellationRequested();
            histories.Add(History(channel, ranges.Read(channel.Type, channel.Spans, range, maxPoints), evidence));
        }

        return new RangeHistory(fromUtc, toUtc, RangeReader.ResolutionOf(range, maxPoints), histories, replacements);
    }

    private static ChannelHistory History(ChannelSpans channel, ChannelRange read, GapEvidenceReader evidence) => new()
    {
        Channel = channel.Channel,
        Type = channel.Type,
        Points = read.Points,
        States = read.States,
        IsReduced = read.IsReduced,
        Gaps = [.. Longest(read.Walk.Missing, m => m.ToMs - m.FromMs, m => m.FromMs)
            .SelectMany(m => GapExplainer.Explain(new Stretch(m.FromMs, m.ToMs), m.Section.LongestMs ?? 0, evidence.Of(m)))],
        Late = Longest(read.Walk.Late, l => l.ToMs - l.FromMs, l => l.FromMs),
        Statistics = read.Walk.Statistics(),
    };

    private static IReadOnlyList<T> Longest<T>(IReadOnlyList<T> all, Func<T, long> length, Func<T, long> begin) =>
        all.Count <= MostStretches ? all : [.. all.OrderByDescending(length).Take(MostStretches).OrderBy(begin)];

    private static Stretch RangeOf(DateTimeOffset fromUtc, DateTimeOffset toUtc) => new(fromUtc.ToUnixTimeMilliseconds(), toUtc.ToUnixTimeMilliseconds());
}
