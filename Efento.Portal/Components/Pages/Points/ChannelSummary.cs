using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>A channel's figures over the time shown: what remains of its history when the points are in the browser.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Type">What is measured.</param>
/// <param name="Statistics">The figures.</param>
/// <param name="Gaps">The times without values.</param>
/// <param name="Min">Where the smallest value lies; null if there is none.</param>
/// <param name="Max">Where the largest lies.</param>
public sealed record ChannelSummary(string Name, MeasurementType Type, RangeStatistics Statistics, IReadOnlyList<HistoryGap> Gaps, Extreme? Min, Extreme? Max)
{
    /// <summary>How long the gaps are in all.</summary>
    public TimeSpan InGaps => TimeSpan.FromMilliseconds(Gaps.Sum(g => g.ToMs - g.FromMs));

    /// <summary>The figures of a chart's channels.</summary>
    public static IEnumerable<ChannelSummary> Of(PointChart chart, RangeHistory history) =>
        from line in chart.Lines
        join channel in history.Channels on line.Channel.Key equals (channel.Channel, channel.Type.Key)
        select Of(line.Name, channel);

    private static ChannelSummary Of(string name, ChannelHistory channel)
    {
        var points = channel.Points.Where(p => !p.IsBreak).ToList();
        var stepMs = points.Count > 1 ? (points[^1].TimeMs - points[0].TimeMs) / (points.Count - 1) : 0;
        Extreme? At(BandPoint point) => new(DateTimeOffset.FromUnixTimeMilliseconds(point.TimeMs), TimeSpan.FromMilliseconds(stepMs), channel.IsReduced);
        return new ChannelSummary(
            name,
            channel.Type,
            channel.Statistics,
            channel.Gaps,
            points.Count == 0 ? null : At(points.MinBy(p => p.Min)),
            points.Count == 0 ? null : At(points.MaxBy(p => p.Max)));
    }
}

/// <summary>Where an extreme value lies.</summary>
/// <param name="AtUtc">When.</param>
/// <param name="Step">How far points lie from each other there.</param>
/// <param name="IsAbout">Whether it lies within a step of then, and not exactly there.</param>
public sealed record Extreme(DateTimeOffset AtUtc, TimeSpan Step, bool IsAbout);
