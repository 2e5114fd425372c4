using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>What alarms and limits add to the charts of a measuring point.</summary>
internal static class PointAlarms
{
    /// <summary>A chart with the limits in force now, and shaded for the time of alarms.</summary>
    /// <param name="drawing">The chart without them.</param>
    /// <param name="chart">What it shows.</param>
    /// <param name="logger">The logger that measures there now; null if there is none.</param>
    /// <param name="alarms">The alarms in the time shown.</param>
    /// <param name="units">The user's units.</param>
    public static ChartDrawing With(
        ChartDrawing drawing, PointChart chart, LoggerOverview? logger, IReadOnlyList<AlarmLine> alarms, Units units) => drawing with
        {
            Limits = chart.Kind is ChartSeriesKind.Continuous ? [.. LimitsOf(chart, logger, units).Distinct()] : [],
            Shades = [.. alarms.Where(a => IsOf(chart, a.Alarm)).Select(a => Shade(a, drawing.ToUtc, units))],
        };

    private static IEnumerable<ChartLimit> LimitsOf(PointChart chart, LoggerOverview? logger, Units units) =>
        from series in logger?.Series ?? []
        let limits = series.Limits
        where limits is not null && chart.Lines.Any(l => l.Channel.Key == (series.Channel, series.Type.Key))
        from limit in LimitsOf(limits)
        select new ChartLimit(
            UnitConversion.ToShown(series.Type.Unit, limit.Value, units), AlarmWords.Level(limit.Level),
            limit.Level is AlarmLevel.Critical);

    private static IEnumerable<(double Value, AlarmLevel Level)> LimitsOf(ValueLimits its) =>
    [
        .. new[] { its.CriticalLow, its.CriticalHigh }.OfType<double>().Select(value => (value, AlarmLevel.Critical)),
        .. new[] { its.WarningLow, its.WarningHigh }.OfType<double>().Select(value => (value, AlarmLevel.Warning)),
    ];

    private static bool IsOf(PointChart chart, Alarm alarm) => chart.Lines.Any(l => l.Channel.Key == (alarm.Channel, alarm.Type));

    private static ChartShade Shade(AlarmLine line, DateTimeOffset toUtc, Units units) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(line.Alarm.BeganMs),
        line.Alarm.EndedMs is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : toUtc,
        AlarmWords.What(line, units),
        IsFaint: line.Alarm.Level is AlarmLevel.Warning);
}
