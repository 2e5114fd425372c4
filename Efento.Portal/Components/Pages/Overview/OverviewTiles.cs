using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>The tiles of the overview: trouble first, then by name.</summary>
public static class OverviewTiles
{
    /// <summary>The tiles of these loggers in somebody's units, in the order they have at <paramref name="now"/>.</summary>
    public static IReadOnlyList<LoggerTileModel> Of(IEnumerable<LoggerOverview> loggers, MaintenanceWindow? maintenance, DateTimeOffset now, Units units = default) =>
    [
        .. loggers
            .Select(logger => (Logger: logger, Tile: Tile(logger, maintenance, units)))
            .Select(l => (Trouble: TroubleOf(LoggerState.Of(l.Logger, maintenance), now), l.Tile))
            .OrderBy(t => t.Trouble)
            .ThenBy(t => t.Tile.Name, StringComparer.CurrentCultureIgnoreCase)
            .ThenBy(t => t.Tile.Serial, StringComparer.Ordinal)
            .Select(t => t.Tile),
    ];

    /// <summary>When the next of these loggers becomes late or silent, and with it the order another; null if none will.</summary>
    public static DateTimeOffset? NextTurnUtc(IEnumerable<LoggerOverview> loggers, DateTimeOffset now) =>
        loggers.SelectMany(l => (DateTimeOffset?[])[l.Freshness.LateUtc, l.Freshness.SilentUtc])
            .Where(turn => turn > now)
            .Min();

    private static LoggerTileModel Tile(LoggerOverview logger, MaintenanceWindow? maintenance, Units units) => new(
        logger.Serial,
        logger.PointName,
        LoggerWords.Values(logger, units),
        LoggerWords.NewestUtc(logger),
        LoggerWords.FreshnessOf(logger, maintenance),
        logger.Contact?.BatteryLow is true);

    private static Trouble TroubleOf(LoggerState state, DateTimeOffset now) => state.At(now) switch
    {
        // Silent by choice, or for a reason that is known.
        LoggerCondition.Unsynchronised or LoggerCondition.InMaintenance => Trouble.None,
        LoggerCondition.Silent or LoggerCondition.Never => Trouble.Silent,
        LoggerCondition.Late => Trouble.Late,
        _ when state.HasRemark => Trouble.Remark,
        _ => Trouble.None,
    };

    private enum Trouble
    {
        Silent,
        Late,
        Remark,
        None,
    }
}
