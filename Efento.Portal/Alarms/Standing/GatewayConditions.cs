using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;

namespace Efento.Portal.Alarms.Standing;

/// <summary>Gateways that are offline, without mains, low on battery, just restarted, or sending a wrong token.</summary>
internal static class GatewayConditions
{
    /// <summary>What holds now.</summary>
    public static IEnumerable<StandingCondition> Of(Situation its) =>
        its.Gateways.SelectMany(g => Of(its, g)).OfType<StandingCondition>();

    /// <summary>The alarm about a gateway that is offline.</summary>
    public static AlarmSubject Offline(int gatewayId) => Subject(gatewayId, RuleSubjects.Offline);

    /// <summary>When a gateway went offline; null if it is not.</summary>
    public static DateTimeOffset? OfflineSince(Situation its, GatewayOverview gateway) =>
        gateway.State.OfflineFromUtc is { } from && from < its.Now ? from : null;

    private static IEnumerable<StandingCondition?> Of(Situation its, GatewayOverview gateway)
    {
        yield return OfOffline(its, gateway);
        var beat = gateway.LastHeartbeatUtc ?? gateway.FirstSeenUtc;
        yield return OfPower(its, gateway);
        yield return Of(
            its, gateway, RuleSubjects.LowBattery, gateway.BatteryPercent is null ? null : beat,
            level => gateway.BatteryPercent < level.Below) is { } low
            ? low with { Figure = gateway.BatteryPercent, Limit = low.Rule.Conditions.Levels.Max(l => l.Below) }
            : null;
        yield return Of(
            its, gateway, RuleSubjects.Restarted, gateway.RestartedUtc > its.Now - Situation.Recently ? gateway.RestartedUtc : null,
            _ => true);
        yield return Of(
            its, gateway, RuleSubjects.WrongToken, its.WrongTokens.TryGetValue(gateway.Id, out var refused) ? refused : null, _ => true);
    }

    private static StandingCondition? OfPower(Situation its, GatewayOverview gateway)
    {
        var since = its.OnBattery.TryGetValue(gateway.Id, out var from) ? from : (DateTimeOffset?)null;
        return Of(its, gateway, RuleSubjects.OnBattery, since, _ => true) is { } found
            ? found with
            {
                Cause = PowerCuts.FirstWith(its, gateway.Id) is { } first ? Subject(first, RuleSubjects.OnBattery) : null,
                PatienceMs = (long)PowerCuts.SoonAfter.TotalMilliseconds,
            }
            : null;
    }

    private static StandingCondition? OfOffline(Situation its, GatewayOverview gateway)
    {
        if (OfflineSince(its, gateway) is not { } since || gateway.LastMessageUtc is not { } heard)
        {
            return null;
        }

        var found = Of(its, gateway, RuleSubjects.Offline, since, _ => true);
        return found is null ? null
            : its.MayCome(heard, since - heard) ? found with { Level = null }
            : found with { AfterMs = heard.ToUnixTimeMilliseconds() };
    }

    private static StandingCondition? Of(
        Situation its, GatewayOverview gateway, string subject, DateTimeOffset? since, Func<LevelConditions, bool> holds) =>
        since is not { } from
            ? null
            : StandingCondition.Of(
                Subject(gateway.Id, subject),
                its.Book.TimelineOfSite(RuleKind.Gateway, subject).RuleAt(its.Now),
                its.Now,
                from.ToUnixTimeMilliseconds(),
                holds);

    private static AlarmSubject Subject(int gatewayId, string subject) => new(RuleKind.Gateway, subject, null, GatewayId: gatewayId);
}
