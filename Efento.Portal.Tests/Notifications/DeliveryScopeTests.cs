using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Ledger;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>Whoever is limited to some locations is not told who was told of alarms of others.</summary>
public sealed class DeliveryScopeTests
{
    [Fact]
    public async Task Limited_SeesDeliveriesOfTheirOwnAlarmsAlone()
    {
        await using var wards = await TwoWards.StartAsync();
        var portal = wards.Portal;
        await portal.RuleAsync(AlarmBench.Fridge());
        await portal.Client.MeasureAsync(
            Some.Body(new[] { wards.Seen, wards.Hidden, wards.Unplaced }.Select(s => Some.Record(s, Some.Now().AddMinutes(-3), 30))));
        var all = (await portal.AlarmsAsync()).ToDictionary(a => a.Serial!, a => a.Alarm.Id);
        foreach (var alarm in all.Values)
        {
            portal.Deliver(alarm, "mail", $"of-{alarm}@site.example", state: 4, DateTimeOffset.UtcNow);
        }

        var (query, own) = (portal.Get<DeliveryQuery>(), all[wards.Seen]);

        Assert.Equal([own], (await query.ListAsync(wards.Scope, new(), null, 10)).Select(l => l.Delivery.AlarmId));
        Assert.Equal([own], (await query.ListByIdAsync(wards.Scope, new(), 0, 10)).Select(l => l.Delivery.AlarmId));
        Assert.Equal([$"of-{own}@site.example"], (await query.NamesAsync(wards.Scope)).People);
        Assert.Single(await query.OfAlarmAsync(wards.Scope, own));
        Assert.Empty(await query.OfAlarmAsync(wards.Scope, all[wards.Hidden]));
        Assert.Equal([own], (await portal.Get<AlarmQuery>().LinesOfAsync(wards.Scope, [.. all.Values])).Keys);
        Assert.Empty(await query.WaitingAsync(wards.Scope, DateTimeOffset.UtcNow));
    }
}
