using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>A channel of a point or logger, and the series that measured it in a range.</summary>
/// <param name="Channel">The loggers' channel, 1–255.</param>
/// <param name="Type">What is measured.</param>
/// <param name="Spans">The series in order.</param>
internal sealed record ChannelSpans(byte Channel, MeasurementType Type, IReadOnlyList<SeriesSpan> Spans)
{
    private static readonly long FirstMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    /// <summary>The channels of a point: what different loggers measured on the same channel is one.</summary>
    public static IReadOnlyList<ChannelSpans> Of(IReadOnlyList<PointSpan> spans, SeriesDirectory series, Stretch range) => Group(
        from span in spans
        let sinceMs = span.FromUtc.ToUnixTimeMilliseconds()
        let fromMs = Math.Max(range.FromMs, sinceMs)
        let toMs = Math.Min(range.ToMs, span.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue)
        where fromMs < toMs
        from one in series.Of(span.LoggerId)
        select new SeriesSpan(one, sinceMs, fromMs, toMs));

    /// <summary>The channels of a logger.</summary>
    public static IReadOnlyList<ChannelSpans> Of(int loggerId, SeriesDirectory series, Stretch range) =>
        range.FromMs >= range.ToMs ? [] : Group(series.Of(loggerId).Select(one => new SeriesSpan(one, FirstMs, range.FromMs, range.ToMs)));

    private static List<ChannelSpans> Group(IEnumerable<SeriesSpan> spans) =>
    [
        .. spans.GroupBy(s => (s.Series.Channel, s.Series.Type.Key))
            .OrderBy(g => g.Key.Channel).ThenBy(g => g.Key.Key, StringComparer.Ordinal)
            .Select(g => new ChannelSpans(g.Key.Channel, g.First().Series.Type, [.. g])),
    ];
}
