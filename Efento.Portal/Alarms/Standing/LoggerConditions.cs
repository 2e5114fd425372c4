using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;

namespace Efento.Portal.Alarms.Standing;

/// <summary>Loggers that break their own promise, and low batteries.</summary>
internal static class LoggerConditions
{
    /// <summary>What holds now. Each logger is looked at when its conditions are enumerated.</summary>
    public static IEnumerable<StandingCondition> Of(Situation its)
    {
        var gateways = its.Gateways.ToDictionary(g => g.Id);
        var alone = Alone(its);
        foreach (var logger in its.Loggers)
        {
            if (Silence(its, logger, gateways, alone) is { } silence)
            {
                yield return silence;
            }

            if (Battery(its, logger) is { } battery)
            {
                yield return battery;
            }
        }
    }

    /// <summary>The gateways that hear one logger only.</summary>
    private static HashSet<int> Alone(Situation its) =>
    [
        .. its.Loggers.SelectMany(l => l.Through).Select(c => c.GatewayId).OfType<int>().CountBy(id => id)
            .Where(g => g.Value == 1).Select(g => g.Key),
    ];

    private static StandingCondition? Silence(
        Situation its, in HeardLogger logger, Dictionary<int, GatewayOverview> gateways, HashSet<int> alone)
    {
        if (logger.Freshness is not { IsAwaited: true, DueUtc: { } due, LateUtc: { } late, SilentUtc: { } silent } || its.Now < late)
        {
            return null;
        }

        var contact = logger.Contact;
        var found = StandingCondition.Of(
            new AlarmSubject(RuleKind.Silence, "", logger.PointId),
            its.Book.TimelineOf(logger.PointId, 0, "", RuleKind.Silence).RuleAt(its.Now),
            its.Now,
            late.ToUnixTimeMilliseconds(),
            level => level.WhenLate is true || its.Now >= silent);
        if (found is null)
        {
            return null;
        }

        var promise = due - DateTimeOffset.FromUnixTimeMilliseconds(contact.MeasuredAtMs);
        GatewayOverview[] hearing = [.. logger.Through.Select(c => gateways.GetValueOrDefault(c.GatewayId ?? 0)).OfType<GatewayOverview>()];
        var cause = hearing.Length > 0 && hearing.All(g => GatewayConditions.OfflineSince(its, g) is not null) ? hearing[0] : null;
        var mayCome = its.MayCome(DateTimeOffset.FromUnixTimeMilliseconds(logger.ReceivedAtMs), promise)
            || (cause is null && IsUnclear(hearing, due, alone));
        return mayCome
            ? found with { Level = null }
            : found with
            {
                AfterMs = contact.MeasuredAtMs,
                LoggerId = logger.Id,
                Cause = cause is null ? null : GatewayConditions.Offline(cause.Id),
                PatienceMs = (long)(Situation.Pause + promise).TotalMilliseconds,
            };
    }

    /// <summary>
    /// Whether nothing at all came from the gateways that hear a logger since its next measurement was due. It is the gateway that is
    /// silent then, and not the logger, as long as other loggers depend on it too.
    /// </summary>
    private static bool IsUnclear(GatewayOverview[] hearing, DateTimeOffset due, HashSet<int> alone) =>
        hearing.Length > 0 && hearing.All(g => g.LastMessageUtc < due && !alone.Contains(g.Id));

    private static StandingCondition? Battery(Situation its, in HeardLogger logger) =>
        logger is { Contact.BatteryLow: true, Freshness.IsAwaited: true }
        && StandingCondition.Of(
            new AlarmSubject(RuleKind.Battery, "", logger.PointId),
            its.Book.TimelineOf(logger.PointId, 0, "", RuleKind.Battery).RuleAt(its.Now),
            its.Now,
            logger.Contact.MeasuredAtMs,
            _ => true) is { } found
            ? found with { LoggerId = logger.Id }
            : null;
}
