using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>What holds of a logger. Exactly one does at any time.</summary>
public enum LoggerCondition : byte
{
    /// <summary>The next measurement is not due yet.</summary>
    Fresh,

    /// <summary>The next measurement may come any moment.</summary>
    Due,

    /// <summary>It should have come: the value shown is no longer of now.</summary>
    Late,

    /// <summary>Two further measurements should have come.</summary>
    Silent,

    /// <summary>It has never been heard.</summary>
    Never,

    /// <summary>It has been heard, but nothing tells when the next measurement is due.</summary>
    Unknown,

    /// <summary>It would be late or silent, but was not when the maintenance began that lasts: no gateway is answered.</summary>
    InMaintenance,

    /// <summary>Gateways are told to drop its measurements (N): nothing is awaited, so nothing is late.</summary>
    Unsynchronised,

    /// <summary>Hidden until somebody approves it.</summary>
    Held,

    /// <summary>Somebody decided that it does not belong here.</summary>
    Refused,

    /// <summary>It, or the point it measures at, is no longer in use.</summary>
    Retired,
}

/// <summary>
/// The state of a logger for whoever shows or counts it: everything that decides it, so that the server's clock and a browser's come to the
/// same.
/// </summary>
/// <param name="Lasting">What holds whatever the time; null if <see cref="At"/> depends on it.</param>
/// <param name="DueUtc">When the next measurement is promised; null if nothing is awaited.</param>
/// <param name="LateUtc">From here on the value is late.</param>
/// <param name="SilentUtc">From here on the logger is silent.</param>
public readonly record struct LoggerState(LoggerCondition? Lasting, DateTimeOffset? DueUtc, DateTimeOffset? LateUtc, DateTimeOffset? SilentUtc)
{
    /// <summary>Whether the maintenance that lasts explains it if something is missing.</summary>
    public bool IsExplained { get; private init; }

    /// <summary>Whether its newest record was measured ahead of the server's clock.</summary>
    public bool IsClockAhead { get; private init; }

    /// <summary>Whether the sensor of one of its channels delivered no value last: nothing about it is "on time".</summary>
    public bool IsSensorError { get; private init; }

    /// <summary>Whether something is to be said of its values beside their age: its clock is ahead, or one is missing, not valid or out of range.</summary>
    public bool HasRemark { get; private init; }

    /// <summary>The state of a logger.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="maintenance">The maintenance that lasts; null if none does.</param>
    public static LoggerState Of(LoggerOverview logger, MaintenanceWindow? maintenance)
    {
        var promise = logger.Freshness;
        return new LoggerState(LastingOf(logger), promise.DueUtc, promise.LateUtc, promise.SilentUtc)
        {
            IsExplained = promise.LateUtc > maintenance?.FromUtc,
            IsClockAhead = logger.IsClockAhead,
            IsSensorError = HasSensorError(logger.Series),
            HasRemark = logger.IsClockAhead || logger.SetAside > 0 || HasRemarkOf(logger.Series),
        };
    }

    /// <summary>What holds at <paramref name="now"/>.</summary>
    public LoggerCondition At(DateTimeOffset now) =>
        Lasting
        ?? (now >= LateUtc && IsExplained ? LoggerCondition.InMaintenance
        : now >= SilentUtc ? LoggerCondition.Silent
        : now >= LateUtc ? LoggerCondition.Late
        : now >= DueUtc ? LoggerCondition.Due
        : LoggerCondition.Fresh);

    /// <summary>When another condition will hold if nothing comes; null if none will.</summary>
    public DateTimeOffset? NextTurnUtc(DateTimeOffset now) =>
        Lasting is not null ? null
        : now < DueUtc ? DueUtc
        : now < LateUtc ? LateUtc
        : now < SilentUtc && !IsExplained ? SilentUtc
        : null;

    // For hundreds of loggers at each tick of each page: a loop makes no garbage.
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

    private static bool HasSensorError(IReadOnlyList<SeriesOverview> series)
    {
        for (var i = 0; i < series.Count; i++)
        {
            if (series[i].IsSensorError)
            {
                return true;
            }
        }

        return false;
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
