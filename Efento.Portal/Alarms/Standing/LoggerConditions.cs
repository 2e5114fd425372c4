using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;

namespace Efento.Portal.Alarms.Standing;

/// <summary>Loggers that break their own promise, and low batteries.</summary>
internal static class LoggerConditions
{
    /// <summary>What holds now.</summary>
    public static IEnumerable<StandingCondition> Of(Situation its)
    {
        var gateways = its.Gateways.ToDictionary(g => g.Id);
        var alone = its.Loggers.SelectMany(l => GatewaysOf(l)).CountBy(id => id).Where(g => g.Value == 1).Select(g => g.Key).ToHashSet();
        return its.Loggers.SelectMany(l => new[] { Silence(its, l, gateways, alone), Battery(its, l) }).OfType<StandingCondition>();
    }

    private static StandingCondition? Silence(
        Situation its, LoggerOverview logger, Dictionary<int, GatewayOverview> gateways, HashSet<int> alone)
    {
        if (logger is not { Point: { } point, Contact: { } contact }
            || logger.Freshness is not { DueUtc: { } due, LateUtc: { } late, SilentUtc: { } silent }
            || its.Now < late
            || LoggerState.Of(logger, null).At(its.Now) is not (LoggerCondition.Late or LoggerCondition.Silent))
        {
            return null;
        }

        var found = StandingCondition.Of(
            new AlarmSubject(RuleKind.Silence, "", point.Id),
            its.Book.TimelineOf(point.Id, 0, "", RuleKind.Silence).RuleAt(its.Now),
            its.Now,
            late.ToUnixTimeMilliseconds(),
            level => level.WhenLate is true || its.Now >= silent);
        var hearing = GatewaysOf(logger).Select(id => gateways.GetValueOrDefault(id)).OfType<GatewayOverview>().ToList();
        var cause = hearing.Count > 0 && hearing.All(g => GatewayConditions.OfflineSince(its, g) is not null) ? hearing[0] : null;
        var mayCome = its.MayCome(contact.ReceivedAtUtc, due - contact.MeasuredAtUtc) || (cause is null && IsUnclear(hearing, due, alone));
        return found is null ? null
            : mayCome ? found with { Level = null }
            : found with
            {
                AfterMs = contact.MeasuredAtUtc.ToUnixTimeMilliseconds(),
                LoggerId = logger.Id,
                Cause = cause is null ? null : GatewayConditions.Offline(cause.Id),
                PatienceMs = (long)(Situation.Pause + (due - contact.MeasuredAtUtc)).TotalMilliseconds,
            };
    }

    /// <summary>
    /// Whether nothing at all came from the gateways that hear a logger since its next measurement was due. It is the gateway that is
    /// silent then, and not the logger, as long as other loggers depend on it too.
    /// </summary>
    private static bool IsUnclear(List<GatewayOverview> hearing, DateTimeOffset due, HashSet<int> alone) =>
        hearing.Count > 0 && hearing.All(g => g.LastMessageUtc < due && !alone.Contains(g.Id));

    private static StandingCondition? Battery(Situation its, LoggerOverview logger) =>
        logger is { Point: { } point, Contact: { BatteryLow: true } contact, Freshness.IsAwaited: true }
        && StandingCondition.Of(
            new AlarmSubject(RuleKind.Battery, "", point.Id),
            its.Book.TimelineOf(point.Id, 0, "", RuleKind.Battery).RuleAt(its.Now),
            its.Now,
            contact.MeasuredAtUtc.ToUnixTimeMilliseconds(),
            _ => true) is { } found
            ? found with { LoggerId = logger.Id }
            : null;

    private static IEnumerable<int> GatewaysOf(LoggerOverview logger) => logger.Through.Select(c => c.GatewayId).OfType<int>();
}
