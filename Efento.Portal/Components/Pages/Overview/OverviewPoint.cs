using Efento.Portal.Devices;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>What somebody should look after, the worst first.</summary>
public enum Trouble
{
    /// <summary>Silent, or never seen.</summary>
    Silent,

    /// <summary>Its value is late.</summary>
    Late,

    /// <summary>It comes, but something is to be said of its values.</summary>
    Remark,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>A measuring point of the overview with its state at a moment.</summary>
/// <param name="Logger">The logger that measures there.</param>
/// <param name="Condition">Its state.</param>
/// <param name="Trouble">What somebody should look after.</param>
public sealed record OverviewPoint(LoggerOverview Logger, LoggerCondition Condition, Trouble Trouble)
{
    /// <summary>The point of a logger at <paramref name="now"/>.</summary>
    public static OverviewPoint Of(LoggerOverview logger, MaintenanceWindow? maintenance, DateTimeOffset now)
    {
        var state = LoggerState.Of(logger, maintenance);
        var condition = state.At(now);
        return new OverviewPoint(logger, condition, TroubleOf(condition, state.HasRemark));
    }

    /// <summary>Whether a filter takes it.</summary>
    public bool IsTaken(OverviewFilter filter) => filter switch
    {
        OverviewFilter.Trouble => Trouble is not Trouble.None,
        OverviewFilter.Late => Trouble is Trouble.Late,
        OverviewFilter.Silent => Trouble is Trouble.Silent,
        OverviewFilter.Remark => Trouble is Trouble.Remark,
        OverviewFilter.Order => Trouble is Trouble.None && !IsPaused,
        OverviewFilter.Paused => IsPaused,
        _ => true,
    };

    /// <summary>Whether each word of a search stands in its name, serial or place.</summary>
    public bool IsFound(string search)
    {
        string?[] texts = [Logger.PointName, Logger.Serial, Logger.Point?.Location?.Path, Logger.Point?.Place];
        return search.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => Array.Exists(texts, text => text?.Contains(word, StringComparison.CurrentCultureIgnoreCase) is true));
    }

    private bool IsPaused => Condition is LoggerCondition.Unsynchronised or LoggerCondition.InMaintenance;

    private static Trouble TroubleOf(LoggerCondition condition, bool hasRemark) => condition switch
    {
        // Silent by choice, or for a reason that is known.
        LoggerCondition.Unsynchronised or LoggerCondition.InMaintenance => Trouble.None,
        LoggerCondition.Silent or LoggerCondition.Never => Trouble.Silent,
        LoggerCondition.Late => Trouble.Late,
        _ when hasRemark => Trouble.Remark,
        _ => Trouble.None,
    };
}
