using Efento.Portal.Maintenance;

namespace Efento.Portal.Devices;

/// <summary>Loggers in the same state.</summary>
/// <param name="Alert">What they call for.</param>
/// <param name="Condition">Their condition; null if <paramref name="Alert"/> says enough.</param>
/// <param name="Verdict">What is said of their values.</param>
internal readonly record struct SiteGroup(LoggerAlert Alert, LoggerCondition? Condition, LoggerVerdict Verdict);

/// <summary>The state of all loggers that a user may see. Loggers that are held, refused or retired are not counted.</summary>
internal static class SiteSummary
{
    /// <summary>How many loggers each group has at <paramref name="now"/>. Each logger is in one group.</summary>
    /// <param name="loggers">The loggers that the user may see.</param>
    /// <param name="maintenance">The maintenance that is on; null if none is.</param>
    /// <param name="now">The present time.</param>
    public static IReadOnlyList<(SiteGroup Group, int Count)> CountsOf(
        IEnumerable<LoggerOverview> loggers, MaintenanceWindow? maintenance, DateTimeOffset now) =>
        [
            .. loggers.Where(l => l.IsShown)
                .CountBy(l => GroupOf(LoggerState.Of(l, maintenance), now))
                .Select(g => (g.Key, g.Value))
                .OrderByDescending(g => g.Key.Alert)
                .ThenBy(g => g.Key.Condition)
                .ThenBy(g => g.Key.Verdict),
        ];

    private static SiteGroup GroupOf(LoggerState state, DateTimeOffset now) =>
        state.Alert is LoggerAlert.None ? new(state.Alert, state.At(now), state.Verdict) : new(state.Alert, null, default);
}
