using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>
/// Reads what was measured at a point in any range: few enough points to draw, with gaps and statistics (docs/history.md).
/// </summary>
/// <remarks>
/// The way from a page's question to the points of its chart:
/// <code>
///   PointPage                    PointSpans (which loggers measured here, and when), [fromUtc, toUtc), maxPoints
///       |
///       v
///   ChannelSpans.Of              the series of each channel, each with its part of the range
///       |
///       |   for each channel, in RangeReader.Read:
///       v
///   SegmentReader.Read           pieces (Rollup): readings, hours or days, from ISegmentRows into a SegmentBuffer;
///       |                        a Part says which pieces came from one logger, and which intervals it named
///       v
///   Section.Of                   cuts the pieces wherever the logger or its interval changes
///       |
///       v
///   RangeAnalysis.Through        finds the missing times and the late stretches; sums the values and the covered time
///       |
///       +------------------------------+
///       | pieces, missing times        | missing times
///       v                              v
///   Band.Of or States.Of           GapEvidenceReader.Of     what is stored about that time
///   (over Buckets if too many)         |
///   at most maxPoints                  v
///       |                          GapExplainer.Explain     names the causes
///       |                              |
///       +------------------------------+
///       v
///   ChannelHistory               points or states, gaps, late stretches, statistics
///       |
///       v
///   RangeHistory                 all channels: what the page draws
/// </code>
/// Every piece is a <see cref="Measurements.Rollups.Rollup"/>, a single reading too. So gaps, late stretches and statistics come from one
/// walk at any resolution.
/// </remarks>
internal sealed class RangeQuery(
    RangeReader ranges,
    SeriesDirectory series,
    LoggerDirectory loggers,
    IReadingStore readings,
    IRangeStore store,
    ReceiptTimes receipts,
    TimeProvider time)
{
    /// <summary>The most points of a channel, unless the caller asks for another number.</summary>
    public const int DefaultPoints = 1_000;

    private const int MostStretches = 200;

    /// <summary>
    /// Reads what all loggers of a point measured in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>).
    /// </summary>
    /// <param name="point">The measuring point, within the scope of the user.</param>
    /// <param name="fromUtc">The begin of the range.</param>
    /// <param name="toUtc">The end of the range; not part of it.</param>
    /// <param name="maxPoints">The most points of a channel; at least <see cref="MinMax.FewestPoints"/>.</param>
    /// <param name="zone">The zone whose days are the points of a range of more than 90 days; null if days don't matter.</param>
    /// <param name="cancellationToken">Checked before each channel.</param>
    public Task<RangeHistory> ReadAsync(
        PointSpans point, DateTimeOffset fromUtc, DateTimeOffset toUtc, int maxPoints = DefaultPoints, TimeZoneInfo? zone = null,
        CancellationToken cancellationToken = default) =>
        Task.Run(
            () => Read(
                point, fromUtc, toUtc, maxPoints, BucketGrid.Of(RangeOf(fromUtc, toUtc), maxPoints, zone), channel: null,
                cancellationToken),
            cancellationToken);

    /// <summary>
    /// Reads the same for a program: from rolled-up hours and days as soon as these give enough points
    /// (<see cref="BucketGrid.OfRollups"/>).
    /// </summary>
    /// <param name="point">The measuring point or logger, within the scope of the program.</param>
    /// <param name="fromUtc">The begin of the range.</param>
    /// <param name="toUtc">The end of the range; not part of it.</param>
    /// <param name="channel">The channel; null for all.</param>
    /// <param name="maxPoints">The most points of a channel; at least <see cref="MinMax.FewestPoints"/>.</param>
    /// <param name="cancellationToken">Checked before each channel.</param>
    public Task<RangeHistory> ReadRollupsAsync(
        PointSpans point, DateTimeOffset fromUtc, DateTimeOffset toUtc, byte? channel, int maxPoints = DefaultPoints,
        CancellationToken cancellationToken = default) =>
        Task.Run(
            () => Read(
                point, fromUtc, toUtc, maxPoints, BucketGrid.OfRollups(RangeOf(fromUtc, toUtc), maxPoints), channel, cancellationToken),
            cancellationToken);

    /// <summary>The times of the first and the last reading at a point; null if there is none.</summary>
    public (DateTimeOffset FirstUtc, DateTimeOffset LastUtc)? ExtentOf(PointSpans point)
    {
        var first = point.All.Select(span => One(span, isNewestFirst: false)).FirstOrDefault(reading => reading is not null);
        var last = point.All.Reverse().Select(span => One(span, isNewestFirst: true)).FirstOrDefault(reading => reading is not null);
        return first is { } oldest && last is { } newest ? (oldest.MeasuredAtUtc, newest.MeasuredAtUtc) : null;
    }

    private Reading? One(PointSpan span, bool isNewestFirst) => readings.ReadPage(new ReadingPage(
        span.LoggerId, null, span.FromUtc.ToUnixTimeMilliseconds(), span.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue, null, 1,
        isNewestFirst)) is [var found, ..] ? found.Reading : null;

    private RangeHistory Read(
        PointSpans point, DateTimeOffset fromUtc, DateTimeOffset toUtc, int maxPoints, BucketGrid grid, byte? channel,
        CancellationToken cancellationToken)
    {
        var range = RangeOf(fromUtc, toUtc);
        using var evidence = new GapEvidenceReader(store.OpenEvidence(), loggers, receipts, time.GetUtcNow().ToUnixTimeMilliseconds());
        List<ChannelHistory> histories = [];
        foreach (var its in ChannelSpans.Of(point.All, series, range).Where(its => channel is null || its.Channel == channel))
        {
            cancellationToken.ThrowIfCancellationRequested();
            histories.Add(History(its, ranges.Read(its.Type, its.Spans, range, maxPoints, grid), evidence));
        }

        return new RangeHistory(fromUtc, toUtc, grid.Resolution, histories, point.Marks(fromUtc, toUtc));
    }

    private static ChannelHistory History(ChannelSpans channel, ChannelRange read, GapEvidenceReader evidence) => new()
    {
        Channel = channel.Channel,
        Type = channel.Type,
        Points = read.Points,
        States = read.States,
        IsReduced = read.IsReduced,
        Days = read.Days,
        Gaps = [.. Longest(read.Walk.Missing, m => m.ToMs - m.FromMs, m => m.FromMs)
            .SelectMany(m => GapExplainer.Explain(new Stretch(m.FromMs, m.ToMs), m.Section.LongestMs ?? 0, evidence.Of(m)))],
        Late = Longest(read.Walk.Late, l => l.ToMs - l.FromMs, l => l.FromMs),
        Statistics = read.Walk.Statistics(),
    };

    // Explaining a gap costs look-ups. A range with thousands of gaps shows the longest ones, again in order of time.
    private static IReadOnlyList<TSpan> Longest<TSpan>(
        IReadOnlyList<TSpan> all, Func<TSpan, long> length, Func<TSpan, long> begin) =>
        all.Count <= MostStretches ? all : [.. all.OrderByDescending(length).Take(MostStretches).OrderBy(begin)];

    private static Stretch RangeOf(DateTimeOffset fromUtc, DateTimeOffset toUtc) =>
        new(fromUtc.ToUnixTimeMilliseconds(), toUtc.ToUnixTimeMilliseconds());
}
