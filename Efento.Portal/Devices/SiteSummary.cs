using Efento.Portal.Maintenance;

namespace Efento.Portal.Devices;

/// <summary>How the loggers stand that somebody may see, in one line. Those held, refused or retired are not counted.</summary>
public sealed record SiteSummary
{
    /// <summary>Those of which nothing is missing, the ones that are due now included.</summary>
    public int InOrder { get; private init; }

    /// <summary>Those in order whose next measurement may come any moment.</summary>
    public int Due { get; private init; }

    /// <summary>Those whose next measurement should have come.</summary>
    public int Late { get; private init; }

    /// <summary>Those that two further measurements are missing of.</summary>
    public int Silent { get; private init; }

    /// <summary>Those never heard.</summary>
    public int Never { get; private init; }

    /// <summary>Those whose measurements gateways drop (N).</summary>
    public int Unsynchronised { get; private init; }

    /// <summary>Those missing because of the maintenance that lasts.</summary>
    public int InMaintenance { get; private init; }

    /// <summary>Those in order of whose values something is to be said (<see cref="LoggerState.HasRemark"/>).</summary>
    public int WithRemark { get; private init; }

    /// <summary>How many there are.</summary>
    public int Total => InOrder + Late + Silent + Never + Unsynchronised + InMaintenance;

    /// <summary>The line of these loggers at <paramref name="now"/>.</summary>
    /// <param name="loggers">Those that whoever looks may see.</param>
    /// <param name="maintenance">The maintenance that lasts; null if none does.</param>
    /// <param name="now">The time asked for.</param>
    public static SiteSummary Of(IEnumerable<LoggerOverview> loggers, MaintenanceWindow? maintenance, DateTimeOffset now)
    {
        var states = loggers.Where(l => l.IsShown).Select(l => LoggerState.Of(l, maintenance)).ToList();
        var conditions = states.ToLookup(s => s.At(now));
        int Count(params LoggerCondition[] wanted) => wanted.Sum(w => conditions[w].Count());
        return new SiteSummary
        {
            InOrder = Count(LoggerCondition.Fresh, LoggerCondition.Due, LoggerCondition.Unknown),
            Due = Count(LoggerCondition.Due),
            Late = Count(LoggerCondition.Late),
            Silent = Count(LoggerCondition.Silent),
            Never = Count(LoggerCondition.Never),
            Unsynchronised = Count(LoggerCondition.Unsynchronised),
            InMaintenance = Count(LoggerCondition.InMaintenance),
            WithRemark = states.Count(s => s.HasRemark && s.At(now) is (LoggerCondition.Fresh or LoggerCondition.Due or LoggerCondition.Unknown)),
        };
    }
}
