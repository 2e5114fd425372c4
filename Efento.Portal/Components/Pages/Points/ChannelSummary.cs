using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>
/// A channel's statistics over the range shown: the part of its history that stays on the server when the points are in the browser.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Type">What is measured.</param>
/// <param name="Statistics">The statistics.</param>
/// <param name="Gaps">The times without values.</param>
/// <param name="Min">The time of the smallest value; null if there is none.</param>
/// <param name="Max">The time of the largest value.</param>
public sealed record ChannelSummary(
    string Name, MeasurementType Type, RangeStatistics Statistics, IReadOnlyList<HistoryGap> Gaps, Extreme? Min, Extreme? Max)
{
    /// <summary>The total length of the gaps.</summary>
    public TimeSpan InGaps => TimeSpan.FromMilliseconds(Gaps.Sum(g => g.ToMs - g.FromMs));

    /// <summary>The statistics of a chart's channels.</summary>
    public static IEnumerable<ChannelSummary> Of(PointChart chart, RangeHistory history) =>
        from line in chart.Lines
        join channel in history.Channels on line.Channel.Key equals (channel.Channel, channel.Type.Key)
        select Of(line.Name, channel);

    /// <summary>The statistics of a channel.</summary>
    public static ChannelSummary Of(string name, ChannelHistory channel)
    {
        var points = channel.Points.Where(p => !p.IsBreak).ToList();
        var stepMs = points.Count > 1 ? (points[^1].TimeMs - points[0].TimeMs) / (points.Count - 1) : 0;
        Extreme? At(BandPoint point) =>
            new(DateTimeOffset.FromUnixTimeMilliseconds(point.TimeMs), TimeSpan.FromMilliseconds(stepMs), channel.IsReduced)
            {
                Days = channel.IsReduced ? channel.Days : 0,
            };
        return new ChannelSummary(
            name,
            channel.Type,
            channel.Statistics,
            channel.Gaps,
            points.Count == 0 ? null : At(points.MinBy(p => p.Min)),
            points.Count == 0 ? null : At(points.MaxBy(p => p.Max)));
    }
}

/// <summary>The time of an extreme value.</summary>
/// <param name="AtUtc">The time.</param>
/// <param name="Step">The distance between points at that time.</param>
/// <param name="IsAbout">Whether the time is accurate to one step only.</param>
public sealed record Extreme(DateTimeOffset AtUtc, TimeSpan Step, bool IsAbout)
{
    /// <summary>How many whole days the time stands for; 0 if it is a moment.</summary>
    public int Days { get; init; }
}
