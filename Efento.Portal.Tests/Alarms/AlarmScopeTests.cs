using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Alarms;

/// <summary>Whoever is limited to some locations neither sees nor touches alarms of others.</summary>
public sealed class AlarmScopeTests
{
    [Fact]
    public async Task Limited_SeesAndAcknowledges_TheirOwnAlarmsAlone()
    {
        await using var wards = await TwoWards.StartAsync();
        var portal = wards.Portal;
        await portal.RuleAsync(AlarmBench.Fridge());
        await portal.Client.MeasureAsync(
            Some.Body(new[] { wards.Seen, wards.Hidden, wards.Unplaced }.Select(s => Some.Record(s, Some.Now().AddMinutes(-3), 30))));
        var all = (await portal.AlarmsAsync()).ToDictionary(a => a.Serial!, a => a.Alarm.Id);
        var scope = SiteScope.Of(new LocationLimit([wards.Ward]), portal.Get<LocationDirectory>());

        var seen = await portal.Get<AlarmQuery>().ListAsync(scope, new AlarmFilter(), null, 10);
        var said = await portal.Get<AlarmActions>().AcknowledgeAsync(scope, Actor.Command, all[wards.Hidden], new("Mine"));
        var own = await portal.Get<AlarmActions>().AcknowledgeAsync(scope, Actor.Command, all[wards.Seen], new("Mine"));

        Assert.Equal(wards.Seen, Assert.Single(seen).Serial);
        Assert.Equal((AlarmFault.Unknown, true), (said.Fault, own.IsDone));
        Assert.Null(await portal.Get<AlarmQuery>().FindAsync(scope, all[wards.Unplaced]));
        var told = await portal.AskAsync("api/v1/alarms", wards.Token);
        Assert.DoesNotContain(wards.Hidden, told.Body);
    }
}
