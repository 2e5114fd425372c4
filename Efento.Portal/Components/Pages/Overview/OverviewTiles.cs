using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>Creates the tiles of the overview and of the wall board.</summary>
internal static class OverviewTiles
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The tile of a logger.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="maintenance">The current maintenance; null if there is none.</param>
    /// <param name="units">The units.</param>
    /// <param name="day">The last 24 hours of its first series; null if unknown.</param>
    public static PointTileModel Of(LoggerOverview logger, MaintenanceWindow? maintenance, Units units, LastDay? day)
    {
        var isDrawn = day is not null && logger.Contact is not null;
        return new PointTileModel(
            logger.Serial, logger.PointName, LoggerWords.Values(logger, units), LoggerWords.NewestUtc(logger),
            LoggerWords.FreshnessOf(logger, maintenance))
        {
            HasRemark = LoggerState.Of(logger, maintenance).HasRemark,
            IsBatteryLow = logger.Contact?.BatteryLow is true,
            IsSignalWeak = LoggerWords.IsSignalWeak(logger.Contact?.Signal),
            Day = isDrawn ? day : null,
            Limits = isDrawn ? logger.Series[0].Limits : null,
            DayInWords = isDrawn ? InWords(day!, units) : null,
        };
    }

    private static string InWords(LastDay day, Units units)
    {
        if (day.Hours.Count == 0)
        {
            return OverviewText.LastDayEmpty;
        }

        var missing = TimeSpan.FromMilliseconds(day.Gaps.Sum(g => g.ToMs - g.FromMs));
        var what = day.Type.Kind is MeasurementKind.Binary ? StatesOf(day) : RangeOf(day, units);
        return missing == TimeSpan.Zero ? OverviewText.LastDay(what)
            : missing < Hour ? OverviewText.LastDayMissingLittle(what)
            : OverviewText.LastDayMissing(what, (long)Math.Round(missing / Hour));
    }

    private static string RangeOf(LastDay day, Units units)
    {
        var unit = MeasurementWords.Unit(day.Type, units);
        var range = OverviewText.FromTo(ShownReading.Value(day.Type, day.Min, units), ShownReading.Value(day.Type, day.Max, units));
        return unit.Length > 0 ? $"{range} {unit}" : range;
    }

    private static string StatesOf(LastDay day) =>
        day.Min < 0.5 && day.Max >= 0.5
            ? OverviewText.BothStates(MeasurementWords.State(day.Type, false), MeasurementWords.State(day.Type, true))
            : MeasurementWords.State(day.Type, day.Max >= 0.5);
}
