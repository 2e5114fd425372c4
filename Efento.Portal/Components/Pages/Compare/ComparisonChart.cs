using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Compare;

/// <summary>Draws a comparison.</summary>
internal static class ComparisonChart
{
    private const int PlotHeight = 330;
    private const int BesideRows = 54;
    private const int RowHeight = 20;
    private const int StateRowHeight = 30;

    /// <summary>
    /// The height of the chart in pixels: lines above, and a row for each channel (wwwroot-assets/src/chart/compared.ts).
    /// </summary>
    public static int HeightOf(IReadOnlyList<ComparedChannel> channels)
    {
        var states = channels.Count(IsBinary);
        var plot = states == channels.Count ? 0 : PlotHeight;
        return plot + BesideRows + (states * StateRowHeight) + ((channels.Count - states) * RowHeight);
    }

    /// <summary>The drawing.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="shown">What each shown channel measured, by its number; those that are hidden are missing.</param>
    /// <param name="range">The range of time.</param>
    /// <param name="units">The user's units.</param>
    /// <param name="isLive">Whether the range moves with the clock.</param>
    public static ChartDrawing Draw(
        IReadOnlyList<ComparedChannel> channels, IReadOnlyDictionary<int, ChannelHistory> shown, ChartView range, Units units, bool isLive)
    {
        var axes = channels.Select(AxisOf).Distinct().ToList();
        return new ChartDrawing(
            [.. channels.Select(c => SeriesOf(c, shown.GetValueOrDefault(c.Number), units) with { Axis = axes.IndexOf(AxisOf(c)) })],
            range.FromUtc, range.ToUtc, [])
        {
            IsLive = isLive,
            Days = shown.Values.Where(h => h.IsReduced).Select(h => h.Days).DefaultIfEmpty().Max(),
        };
    }

    private static ChartSeries SeriesOf(ComparedChannel channel, ChannelHistory? history, Units units)
    {
        IReadOnlyList<ChannelHistory> one = history is null ? [] : [history];
        return PointChart.SeriesOf(channel.FullName, channel.Channel.Type, history, units) with
        {
            Gaps = PointChart.Gaps(one),
            Late = PointChart.Late(one),
        };
    }

    /// <summary>Channels of one unit share an axis; without a unit, those of one type.</summary>
    private static string AxisOf(ComparedChannel channel) =>
        channel.Channel.Type is { Unit: "" } type ? $"type {type.Key}" : channel.Channel.Type.Unit;

    private static bool IsBinary(ComparedChannel channel) => channel.Channel.Type.Kind is MeasurementKind.Binary;
}
