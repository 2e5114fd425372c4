using Efento.Portal.Access;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Arrivals;
using Efento.Portal.Devices;

namespace Efento.Portal.Tests.Support;

/// <summary>Rules and alarms of a portal under test.</summary>
internal static class AlarmBench
{
    /// <summary>A fridge for the whole site: critical outside 2 to 8 °C, after a delay in minutes.</summary>
    public static RuleDraft Fridge(int delay = 0, string? key = null) => new()
    {
        Key = key,
        Kind = RuleKind.Limits,
        Type = "temperature",
        Conditions = new(null, new LevelConditions { Low = 2, High = 8, DelayMs = delay * 60_000L }),
    };

    /// <summary>Makes rules that are in force from the beginning of time.</summary>
    public static async Task RuleAsync(this PortalUnderTest portal, params RuleDraft[] drafts)
    {
        var outcome = await portal.Get<RuleService>().SaveAsync(Actor.Command, drafts, long.MinValue);
        Assert.True(outcome.IsDone, string.Join(' ', outcome.Faults));
    }

    /// <summary>All alarms but withdrawn ones once all that was stored is judged, newest first.</summary>
    public static async Task<IReadOnlyList<AlarmLine>> AlarmsAsync(this PortalUnderTest portal, AlarmFilter? filter = null)
    {
        await portal.Get<ArrivalFeed>().DeliverAsync(portal.Get<AlarmEvaluator>());
        await Until.TrueAsync(() => !portal.Get<StartOver>().IsUnderWay);
        return await portal.Get<AlarmQuery>().ListAsync(SiteScope.Everything, filter ?? new AlarmFilter(), null, 1_000);
    }

    /// <summary>Looks at what is not judged reading by reading, and tells the alarms about it.</summary>
    public static async Task<IReadOnlyList<AlarmLine>> LookAsync(this PortalUnderTest portal)
    {
        await portal.Get<StandingWatch>().LookAsync(CancellationToken.None);
        return await portal.AlarmsAsync();
    }
}
