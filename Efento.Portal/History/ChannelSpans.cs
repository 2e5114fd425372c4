using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>A channel of a point, with the series that measured it in a range.</summary>
/// <param name="Channel">The loggers' channel, 1–255.</param>
/// <param name="Type">What is measured.</param>
/// <param name="Spans">The series in order of time.</param>
internal sealed record ChannelSpans(byte Channel, MeasurementType Type, IReadOnlyList<SeriesSpan> Spans)
{
    /// <summary>
    /// The channels of a point in a range. If a logger was replaced, the series of both loggers with the same channel and type belong to
    /// one channel.
    /// </summary>
    public static IReadOnlyList<ChannelSpans> Of(IReadOnlyList<PointSpan> spans, SeriesDirectory series, Stretch range) => Group(
        from span in spans
        let sinceMs = span.FromUtc.ToUnixTimeMilliseconds()
        let fromMs = Math.Max(range.FromMs, sinceMs)
        let toMs = Math.Min(range.ToMs, span.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue)
        where fromMs < toMs
        from one in series.Of(span.LoggerId)
        select new SeriesSpan(one, sinceMs, fromMs, toMs));

    private static List<ChannelSpans> Group(IEnumerable<SeriesSpan> spans) =>
    [
        .. spans.GroupBy(s => (s.Series.Channel, s.Series.Type.Key))
            .OrderBy(g => g.Key.Channel).ThenBy(g => g.Key.Key, StringComparer.Ordinal)
            .Select(g => new ChannelSpans(g.Key.Channel, g.First().Series.Type, [.. g])),
    ];
}
