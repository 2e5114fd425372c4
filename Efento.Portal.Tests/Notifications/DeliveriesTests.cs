using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Devices;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Ledger;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>Who was told: for pages, for programs, and again.</summary>
public sealed class DeliveriesTests : NotificationContext
{
    private static readonly Actor Chief = new(ActorKind.Person, "chief@site.example");

    private DeliveryQuery Query => Portal.Get<DeliveryQuery>();

    [Fact]
    public async Task List_IsTheLastOneFirst_PageByPage()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();

        var first = await Query.ListAsync(SiteScope.Everything, new(), null, 2);
        var last = first[^1].Delivery;
        var rest = await Query.ListAsync(SiteScope.Everything, new(), new(last.DueUtc, last.Id), 2);

        Assert.Equal(3, first.Concat(rest).Select(l => l.Delivery.Id).Distinct().Count());
        Assert.Equal(Bert, first[0].Delivery.Address);
        Assert.True(last.Id > rest[0].Delivery.Id);
        Assert.All(first, line => Assert.Equal(1, line.Alarm!.Alarm.Id));
    }

    [Fact]
    public async Task List_Filters()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.Refused);
        await MeasureAsync(11);
        await SettleAsync();
        var now = Time.GetUtcNow();

        Assert.Equal([Anna], await PeopleAsync(new() { State = DeliveryState.Failed }));
        Assert.Equal([null], await PeopleAsync(new() { Channel = "hook" }));
        Assert.Equal([Bert], await PeopleAsync(new() { Person = Bert }));
        Assert.Equal([Bert], await PeopleAsync(new() { FromUtc = now.AddMinutes(5) }));
        Assert.Equal(2, (await PeopleAsync(new() { ToUtc = now.AddMinutes(5) })).Count);
        Assert.Empty(await PeopleAsync(new() { AlarmId = 9 }));
        var names = await Query.NamesAsync(SiteScope.Everything);
        Assert.Equal(["hook", "mail"], names.Channels);
        Assert.Equal([Anna, Bert], names.People);
    }

    [Fact]
    public async Task Waiting_CountsWhatIsDue()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal([new("mail", 1)], await Query.WaitingAsync(SiteScope.Everything, Time.GetUtcNow()));
    }

    [Fact]
    public async Task SendAgain_OfAFailedOne_HasItsOwnKey_AndIsAudited()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.Refused);
        await MeasureAsync(11);
        await SettleAsync();
        var failed = Assert.Single(await Query.ListAsync(SiteScope.Everything, new() { State = DeliveryState.Failed }, null, 10));

        Mail.AnswerWith(RecordingSender.Accepted);
        Assert.True(await Portal.Get<DeliveryReplay>().SendAgainAsync(Chief, failed.Delivery.Id));
        await Until.TrueAsync(() => Deliveries("state = 3 AND address = $0", Anna).Count == 1);

        Assert.Single(Mail.Attempts.Select(a => a.Key).Distinct());
        Assert.False(await Portal.Get<DeliveryReplay>().SendAgainAsync(Chief, failed.Delivery.Id));
        Assert.Equal(
            [$"delivery sent again|delivery {failed.Delivery.Id}|alarm 1, mail {Anna}|chief@site.example"],
            Portal.Database.Lines("SELECT action, subject, new, actor FROM audit_entry WHERE action = 'delivery sent again'"));
    }

    [Fact]
    public async Task Api_TellsThem_AsDocumented()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();
        var token = await Portal.Get<TokenIssuer>().IssueApiTokenAsync("Ledger", ApiScopes.DeliveriesRead);

        var page = await Portal.AskPageAsync("api/v1/deliveries?channel=hook", token);

        var item = Assert.Single(page.Items);
        Assert.Equal(
            ["id", "key", "alarmId", "drillId", "event", "chain", "channel", "recipient", "state", "endedBecause", "waitsBecause",
                "queuedAt", "dueAt", "attempts", "attemptedAt", "doneAt", "answer"],
            item.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ("raised", "accepted", "250 OK", 1),
            (item.GetProperty("event").GetString(), item.GetProperty("state").GetString(), item.GetProperty("answer").GetString(),
                item.GetProperty("attempts").GetInt32()));
        Assert.Equal(3, (await Portal.AskPageAsync("api/v1/deliveries", token)).Items.Count);
        Assert.Single((await Portal.AskPageAsync("api/v1/deliveries?limit=1&after=1", token)).Items);
        Assert.Equal(400, (await Portal.AskAsync("api/v1/deliveries?state=lost", token)).Status);
        Assert.Equal("notAllowed", AlarmItem.Word(DeliveryEnd.NotAllowed));
        Assert.Equal(("offDuty", "noDevice"), (AlarmItem.Word(DeliveryEnd.OffDuty), AlarmItem.Word(DeliveryEnd.NoDevice)));
    }

    [Fact]
    public async Task Api_OfAChannelThatIsOff_SaysWhatItWaitsFor()
    {
        await ImportAsync(Usual);
        var seen = SeenChannel.Of(Portal.Get<NotificationDirectory>().Book.Channels["hook"].Row);
        Assert.True((await Portal.Get<ChannelDecisions>().SwitchAsync(Chief, seen, isOn: false)).IsDone);
        await MeasureAsync(11);
        await Until.TrueAsync(() => Deliveries("state = 3 AND address = $0", Anna).Count == 1);
        var token = await Portal.Get<TokenIssuer>().IssueApiTokenAsync("Ledger", ApiScopes.DeliveriesRead);

        var items = (await Portal.AskPageAsync("api/v1/deliveries", token)).Items;

        Assert.Equal(
            ["hook queued channelOff", "mail accepted ", "mail queued "],
            items.Select(i => $"{Text(i, "channel")} {Text(i, "state")} {Text(i, "waitsBecause")}").Order(StringComparer.Ordinal));

        static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
    }

    /// <summary>They name people: whoever may read everything else may not read them.</summary>
    [Fact]
    public void Scope_OfAllReads_HasNoDeliveries()
    {
        Assert.False(ApiScopes.Allow(ApiScopes.AllReads, ApiScopes.DeliveriesRead));
        Assert.True(ApiScopes.Allow(ApiScopes.AllReads, ApiScopes.AlarmsRead));
        Assert.True(ApiScopes.Allow(ApiScopes.DeliveriesRead, ApiScopes.DeliveriesRead));
    }

    private async Task<IReadOnlyList<string?>> PeopleAsync(DeliveryFilter filter) =>
        [.. (await Query.ListAsync(SiteScope.Everything, filter, null, 10)).Select(l => l.Delivery.Address)];
}
