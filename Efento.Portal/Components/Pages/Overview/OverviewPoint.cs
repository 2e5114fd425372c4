using Efento.Portal.Devices;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>What needs attention, the most urgent first.</summary>
public enum Trouble
{
    /// <summary>A critical alarm that nobody has acknowledged.</summary>
    Critical,

    /// <summary>A warning that nobody has acknowledged.</summary>
    Warning,

    /// <summary>It reports water or an alarm, or did so when it was last heard.</summary>
    Alarm,

    /// <summary>A sensor of it delivers no value.</summary>
    SensorError,

    /// <summary>Silent, or never heard.</summary>
    Silent,

    /// <summary>Its value is late.</summary>
    Late,

    /// <summary>It arrives, but there is a remark on its values.</summary>
    Remark,

    /// <summary>An alarm goes on, but somebody has acknowledged it.</summary>
    Acknowledged,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>A measuring point of the overview and its state at a moment.</summary>
/// <param name="Logger">The logger that measures there.</param>
/// <param name="Condition">Its state.</param>
/// <param name="Trouble">What needs attention.</param>
/// <param name="Verdict">What is said of its values while it is on time.</param>
public sealed record OverviewPoint(LoggerOverview Logger, LoggerCondition Condition, Trouble Trouble, LoggerVerdict Verdict)
{
    /// <summary>The point of a logger at <paramref name="now"/>.</summary>
    public static OverviewPoint Of(LoggerOverview logger, MaintenanceWindow? maintenance, DateTimeOffset now)
    {
        var state = LoggerState.Of(logger, maintenance);
        var condition = state.At(now);
        return new OverviewPoint(logger, condition, TroubleOf(condition, state), state.Verdict);
    }

    /// <summary>Whether the point matches a filter.</summary>
    public bool IsTaken(OverviewFilter filter) => filter switch
    {
        OverviewFilter.Trouble => Trouble < Trouble.Acknowledged,
        OverviewFilter.Critical => Trouble is Trouble.Critical,
        OverviewFilter.Warning => Trouble is Trouble.Warning,
        OverviewFilter.Alarm => Trouble is Trouble.Alarm,
        OverviewFilter.SensorError => Trouble is Trouble.SensorError,
        OverviewFilter.Late => Trouble is Trouble.Late,
        OverviewFilter.Silent => Trouble is Trouble.Silent,
        OverviewFilter.Remark => Trouble is Trouble.Remark,
        OverviewFilter.Acknowledged => Trouble is Trouble.Acknowledged,
        OverviewFilter.Outside => IsOnTime(LoggerVerdict.Outside),
        OverviewFilter.InOrder => IsOnTime(LoggerVerdict.InOrder),
        OverviewFilter.NoLimits => IsOnTime(LoggerVerdict.NoLimits),
        OverviewFilter.OnTime => IsOnTime(LoggerVerdict.None),
        OverviewFilter.Paused => IsPaused,
        _ => true,
    };

    /// <summary>Whether its name, serial or place contains each word of a search.</summary>
    public bool IsFound(string search)
    {
        string?[] texts = [Logger.PointName, Logger.Serial, Logger.Point?.Location?.Path, Logger.Point?.Place];
        return search.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => Array.Exists(texts, text => text?.Contains(word, StringComparison.CurrentCultureIgnoreCase) is true));
    }

    private bool IsOnTime(LoggerVerdict verdict) =>
        Trouble is Trouble.None && Condition is (LoggerCondition.Fresh or LoggerCondition.Due) && Verdict == verdict;

    private bool IsPaused => Condition is LoggerCondition.Unsynchronised or LoggerCondition.InMaintenance;

    private static Trouble TroubleOf(LoggerCondition condition, LoggerState state) => condition switch
    {
        _ when state.Alert is LoggerAlert.Critical => Trouble.Critical,
        _ when state.Alert is LoggerAlert.Warning => Trouble.Warning,
        _ when state.Alert is LoggerAlert.Alarm => Trouble.Alarm,
        _ when state.Alert is LoggerAlert.SensorError => Trouble.SensorError,

        // Silent on purpose, or for a known reason.
        LoggerCondition.Unsynchronised or LoggerCondition.InMaintenance => Trouble.None,
        LoggerCondition.Silent or LoggerCondition.Never => Trouble.Silent,
        LoggerCondition.Late => Trouble.Late,
        _ when state.HasRemark => Trouble.Remark,
        LoggerCondition.Fresh or LoggerCondition.Due when state.Verdict is LoggerVerdict.Acknowledged => Trouble.Acknowledged,
        _ => Trouble.None,
    };
}
