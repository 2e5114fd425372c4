using Efento.Portal.Maintenance;

namespace Efento.Portal.Devices;

/// <summary>The condition of a logger. Exactly one applies at any time.</summary>
public enum LoggerCondition : byte
{
    /// <summary>The next measurement is not due yet.</summary>
    Fresh,

    /// <summary>The next measurement is due and may come at any moment.</summary>
    Due,

    /// <summary>The next measurement should have come: the value shown is out of date.</summary>
    Late,

    /// <summary>Two further measurements should have come.</summary>
    Silent,

    /// <summary>It has never been heard.</summary>
    Never,

    /// <summary>It has been heard, but it is not known when the next measurement is due.</summary>
    Unknown,

    /// <summary>
    /// It would be late or silent, but it was not when the current maintenance began, and gateways deliver nothing during maintenance.
    /// </summary>
    InMaintenance,

    /// <summary>Gateways are told to drop its measurements (N). None is expected, so none is late.</summary>
    Unsynchronised,

    /// <summary>Hidden until a user approves it.</summary>
    Held,

    /// <summary>Rejected by a user because it does not belong here.</summary>
    Refused,

    /// <summary>It, or the point it measures at, is no longer in use.</summary>
    Retired,
}

/// <summary>What a logger calls for, however old its latest values are. The worst comes last.</summary>
public enum LoggerAlert : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A sensor delivers no value.</summary>
    SensorError,

    /// <summary>A sensor reports water, or an alarm input reports an alarm.</summary>
    Alarm,

    /// <summary>An alarm goes on that nobody has acknowledged; its level is a warning.</summary>
    Warning,

    /// <summary>A critical alarm goes on that nobody has acknowledged.</summary>
    Critical,
}

/// <summary>What is said of the values of a logger that is on time and calls for nothing.</summary>
public enum LoggerVerdict : byte
{
    /// <summary>Nothing: no limits are set on the whole site.</summary>
    None,

    /// <summary>Limits are set at other points, but not at its own.</summary>
    NoLimits,

    /// <summary>They are inside limits.</summary>
    InOrder,

    /// <summary>One is outside its limits, but not for as long as raises an alarm.</summary>
    Outside,

    /// <summary>An alarm goes on, and somebody has acknowledged it.</summary>
    Acknowledged,

    /// <summary>They need a remark (<see cref="LoggerState.HasRemark"/>).</summary>
    Remark,
}

/// <summary>
/// Everything that decides the condition of a logger at any time. The server and the browser compute the condition from it, and so come to
/// the same result.
/// </summary>
/// <param name="Lasting">The condition if it does not depend on the time; null if it does (see <see cref="At"/>).</param>
/// <param name="DueUtc">When the next measurement is promised; null if none is expected.</param>
/// <param name="LateUtc">When the value becomes late.</param>
/// <param name="SilentUtc">When the logger becomes silent.</param>
internal readonly record struct LoggerState(
    LoggerCondition? Lasting, DateTimeOffset? DueUtc, DateTimeOffset? LateUtc, DateTimeOffset? SilentUtc)
{
    /// <summary>Whether the current maintenance explains missing measurements.</summary>
    public bool IsExplained { get; private init; }

    /// <summary>Whether its newest record was measured ahead of the server's clock.</summary>
    public bool IsClockAhead { get; private init; }

    /// <summary>
    /// The worst that its alarms and its latest values report. It lasts when the logger falls silent: nobody knows then that the water is
    /// gone. None if its measurements are dropped, or if it is not in use.
    /// </summary>
    public LoggerAlert Alert { get; private init; }

    /// <summary>
    /// Whether its values need a remark beside their age: the logger's clock is ahead, or a value is missing, not valid or out of range.
    /// </summary>
    public bool HasRemark { get; private init; }

    /// <summary>What is said of its values while it is on time.</summary>
    public LoggerVerdict Verdict { get; private init; }

    /// <summary>The state of a logger.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="maintenance">The maintenance that is on; null if none is.</param>
    public static LoggerState Of(LoggerOverview logger, MaintenanceWindow? maintenance)
    {
        var promise = logger.Freshness;
        var lasting = LastingOf(logger);
        var hasRemark = logger.IsClockAhead || logger.SetAside > 0 || HasRemarkOf(logger.Series);
        return new LoggerState(lasting, promise.DueUtc, promise.LateUtc, promise.SilentUtc)
        {
            IsExplained = promise.LateUtc > maintenance?.FromUtc,
            IsClockAhead = logger.IsClockAhead,
            Alert = lasting is null or LoggerCondition.Unknown ? AlertOf(logger) : LoggerAlert.None,
            HasRemark = hasRemark,
            Verdict = hasRemark ? LoggerVerdict.Remark : VerdictOf(logger),
        };
    }

    /// <summary>The condition at <paramref name="now"/>.</summary>
    public LoggerCondition At(DateTimeOffset now) =>
        Lasting
        ?? (now >= LateUtc && IsExplained ? LoggerCondition.InMaintenance
        : now >= SilentUtc ? LoggerCondition.Silent
        : now >= LateUtc ? LoggerCondition.Late
        : now >= DueUtc ? LoggerCondition.Due
        : LoggerCondition.Fresh);

    /// <summary>When the condition will change if nothing comes; null if it will not.</summary>
    public DateTimeOffset? NextTurnUtc(DateTimeOffset now) =>
        Lasting is not null ? null
        : now < DueUtc ? DueUtc
        : now < LateUtc ? LateUtc
        : now < SilentUtc && !IsExplained ? SilentUtc
        : null;

    // This runs for hundreds of loggers at each tick of each page. A loop allocates nothing.
    private static bool HasRemarkOf(IReadOnlyList<SeriesOverview> series)
    {
        for (var i = 0; i < series.Count; i++)
        {
            if (series[i].Latest is not { HasRemark: false })
            {
                return true;
            }
        }

        return false;
    }

    private static LoggerAlert AlertOf(LoggerOverview logger) => logger.Alert.Level switch
    {
        AlertLevel.Critical => LoggerAlert.Critical,
        AlertLevel.Warning => LoggerAlert.Warning,
        _ => AlertOf(logger.Series),
    };

    private static LoggerVerdict VerdictOf(LoggerOverview logger)
    {
        if (logger.Alert.IsAcknowledged)
        {
            return LoggerVerdict.Acknowledged;
        }

        var verdict = logger.AreLimitsSet ? LoggerVerdict.NoLimits : LoggerVerdict.None;
        for (var i = 0; i < logger.Series.Count; i++)
        {
            if (logger.Series[i].IsOutside)
            {
                return LoggerVerdict.Outside;
            }

            verdict = logger.Series[i].Limits is null ? verdict : LoggerVerdict.InOrder;
        }

        return verdict;
    }

    private static LoggerAlert AlertOf(IReadOnlyList<SeriesOverview> series)
    {
        var worst = LoggerAlert.None;
        for (var i = 0; i < series.Count; i++)
        {
            if (series[i].IsAlarm)
            {
                return LoggerAlert.Alarm;
            }

            worst = series[i].IsSensorError ? LoggerAlert.SensorError : worst;
        }

        return worst;
    }

    private static LoggerCondition? LastingOf(LoggerOverview logger) => logger switch
    {
        { Approval: LoggerApproval.Held } => LoggerCondition.Held,
        { Approval: LoggerApproval.Refused } => LoggerCondition.Refused,
        { RetiredUtc: not null } => LoggerCondition.Retired,
        { Synchronise: false } => LoggerCondition.Unsynchronised,
        { Freshness.IsHeard: false } => LoggerCondition.Never,
        { Freshness.DueUtc: null } => LoggerCondition.Unknown,
        _ => null,
    };
}
