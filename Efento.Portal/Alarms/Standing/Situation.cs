using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Alarms.Standing;

/// <summary>Loggers, gateways and maintenance at one moment.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Book">The rules.</param>
/// <param name="Loggers">All loggers in use that were heard.</param>
/// <param name="Gateways">All gateways in use.</param>
/// <param name="Maintenance">The maintenance that is on; null if none is.</param>
/// <param name="BackUtc">
/// Since when gateways can deliver: the portal's start, or the end of the last maintenance. What was late then had a reason.
/// </param>
/// <param name="OnBattery">The gateways that run on their batteries, with the time since when they do.</param>
/// <param name="WrongTokens">The gateways whose token was refused in the last minutes, and not taken since; with the last time.</param>
internal sealed record Situation(
    DateTimeOffset Now, RuleBook Book, IEnumerable<HeardLogger> Loggers, IReadOnlyList<GatewayOverview> Gateways,
    MaintenanceWindow? Maintenance, DateTimeOffset BackUtc, IReadOnlyDictionary<int, DateTimeOffset> OnBattery,
    IReadOnlyDictionary<int, DateTimeOffset> WrongTokens)
{
    /// <summary>How long something that happened at one moment is an alarm: a restart, a wrong token.</summary>
    public static readonly TimeSpan Recently = TimeSpan.FromMinutes(15);

    /// <summary>Gateways pause that long after a 503 or an outage.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether something that was last heard at a time, and promised to come again after another, may still be on its way.
    /// </summary>
    public bool MayCome(DateTimeOffset heardUtc, TimeSpan promise) =>
        Maintenance is not null || (heardUtc < BackUtc && Now < BackUtc + Pause + promise);

    /// <summary>Whether a rule is in force for something, and it is in use.</summary>
    public bool IsJudged(AlarmSubject its) =>
        (its.GatewayId is not { } gateway || Gateways.Any(g => g.Id == gateway))
        && (its.PointId is { } point
            ? Book.TimelineOf(point, 0, "", its.Kind)
            : Book.TimelineOfSite(its.Kind, its.Type)).RuleAt(Now) is not null;
}
