using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>Channels that are made, changed, removed and tested one by one.</summary>
public sealed class ChannelDecisionsTests : NotificationContext
{
    private const string Mqtt = """{"key":"broker","kind":"mqtt","host":"mqtt.site.example","user":"portal","password":"a secret"}""";
    private static readonly Actor Chief = new(ActorKind.Person, "chief@site.example");

    private ChannelDecisions Decisions => Portal.Get<ChannelDecisions>();

    private NotificationBook Book => Portal.Get<NotificationDirectory>().Book;

    [Fact]
    public async Task Save_New_IsThere_AndAuditedWithoutItsSecret()
    {
        Assert.True((await SaveAsync(null, Mqtt)).IsDone);

        Assert.Equal(("mqtt.site.example", "a secret"), (Book.Channels["broker"].Settings!.Host, Book.Channels["broker"].Settings!.Password));
        var audit = Assert.Single(Portal.Database.Lines(
            "SELECT actor, action, subject, new FROM audit_entry WHERE subject = 'channel broker'"));
        Assert.Equal("chief@site.example|notification made|channel broker|kind mqtt, host mqtt.site.example, security none, user portal", audit);
        Assert.DoesNotContain(Portal.Database.Everything(), line => line.Contains("a secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"key":"mail","kind":"mqtt","host":"h"}""", "key KeyTwice")]
    [InlineData("""{"key":"a b","kind":"mqtt"}""", "host Missing, key Key")]
    [InlineData("""{"key":"a","kind":"webhook","url":"ftp://a.example","secret":"short"}""", "secret SigningSecret, url ChannelUrl")]
    [InlineData("""{"key":"a","kind":"slack"}""", "url Missing")]
    [InlineData("""{"key":"a"}""", "kind OneOf")]
    public async Task Save_WrongFields_NamesThem_AndMakesNothing(string channel, string faults)
    {
        await ImportAsync(Usual);

        // The follower of rules notes at the start that it has come to the last one.
        await Portal.Get<AlarmEvaluator>().TakeRulesAsync(TestContext.Current.CancellationToken);
        var before = Portal.Database.Everything();

        var outcome = await SaveAsync(null, channel);

        Assert.Equal(faults, string.Join(", ", outcome.Faults.Select(f => $"{f.Path} {f.Kind}").Order(StringComparer.Ordinal)));
        Assert.Equal(before, Portal.Database.Everything());
    }

    /// <summary>The same as a document would say of it.</summary>
    [Theory]
    [InlineData("""{"key":"broker","kind":"mqtt","host":"mqtt.site.example","user":"portal"}""", null)]
    [InlineData("""{"key":"broker","kind":"mqtt","host":"other.example","user":"portal"}""", "password SecretAgain")]
    [InlineData("""{"key":"broker","kind":"mqtt","host":"other.example","user":"portal","password":null}""", null)]
    public async Task Save_WithoutTheSecret_KeepsIt_UnlessItLeadsElsewhere(string channel, string? fault)
    {
        await SaveAsync(null, Mqtt);

        var outcome = await SaveAsync(Seen("broker"), channel);

        Assert.Equal(fault is null ? [] : [fault], outcome.Faults.Select(f => $"{f.Path} {f.Kind}"));
        Assert.Equal(channel.Contains("null", StringComparison.Ordinal) ? null : "a secret", Book.Channels["broker"].Settings!.Password);
    }

    [Fact]
    public async Task Save_ChangedMeanwhile_IsRefused()
    {
        await SaveAsync(null, Mqtt);
        var seen = Seen("broker");
        await SaveAsync(seen, Mqtt.Replace("mqtt.site", "mqtt2.site", StringComparison.Ordinal));

        Assert.True((await SaveAsync(seen, Mqtt)).IsChangedMeanwhile);
        Assert.True((await Decisions.RemoveAsync(Chief, seen)).IsChangedMeanwhile);
        Assert.True((await Decisions.SwitchAsync(Chief, seen, isOn: false)).IsChangedMeanwhile);
        Assert.Null(await Portal.Get<ChannelProbe>().SendAsync(Chief, seen, null));
        Assert.Equal("mqtt2.site.example", Book.Channels["broker"].Settings!.Host);
    }

    [Fact]
    public async Task Remove_OfAChannelThatIsUsed_SaysByWhom()
    {
        await ImportAsync(Usual);

        var outcome = await Decisions.RemoveAsync(Chief, Seen("hook"));

        Assert.Equal([new NotificationFault(NotificationFaultKind.ChannelUsed, "", "default")], outcome.Faults);
        Assert.True(Book.Channels.ContainsKey("hook"));
    }

    [Fact]
    public async Task Remove_OfAnother_TakesAllOfIt()
    {
        await SaveAsync(null, Mqtt);
        await Decisions.SwitchAsync(Chief, Seen("broker"), isOn: false);

        Assert.True((await Decisions.RemoveAsync(Chief, Seen("broker"))).IsDone);

        Assert.True(Book.IsEmpty);
        Assert.Equal(0, Portal.Database.Count("channel_health"));
        Assert.Null(Portal.Get<ChannelBoard>().Of("broker"));
    }

    [Fact]
    public async Task Switch_IsAudited_AndTwiceTheSameIsRefused()
    {
        await SaveAsync(null, Mqtt);

        Assert.True((await Decisions.SwitchAsync(Chief, Seen("broker"), isOn: false)).IsDone);
        Assert.True((await Decisions.SwitchAsync(Chief, Seen("broker"), isOn: false)).IsChangedMeanwhile);
        Assert.Equal((ChannelState.Off, "chief@site.example"), (Health("broker")!.State, Health("broker")!.OffBy));
        Assert.True((await Decisions.SwitchAsync(Chief, Seen("broker"), isOn: true)).IsDone);

        Assert.Equal(
            ["channel switched off|chief@site.example", "channel switched on|chief@site.example"],
            Portal.Database.Lines("SELECT action, actor FROM audit_entry WHERE action LIKE 'channel switched%' ORDER BY id"));
    }

    [Fact]
    public async Task Test_IsMarked_Audited_AndCountsIfItSucceeds()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        Assert.Equal(ChannelState.Failing, Health("mail")!.State);
        Mail.AnswerWith(RecordingSender.Accepted with { Conversation = ["> EHLO", "< 250 OK"] });

        var result = await Portal.Get<ChannelProbe>().SendAsync(Chief, Seen("mail"), "chief@site.example");

        Assert.Equal((SendOutcome.Accepted, 2), (result!.Outcome, result.Conversation.Count));
        var message = Mail.Attempts.Single(a => a.IsTest);
        Assert.Equal(("portal.test", "chief@site.example"), (message.EventType, message.Recipient));
        Assert.StartsWith("Test message", message.Subject);
        Assert.Equal((ChannelState.Ok, "chief@site.example"), (Health("mail")!.State, Health("mail")!.TestedBy));
        Assert.Equal(
            ["channel tested|channel mail|chief@site.example"],
            Portal.Database.Lines("SELECT action, subject, new FROM audit_entry WHERE action = 'channel tested'"));
        await Until.TrueAsync(() => Deliveries("channel = 'mail' AND state = 3").Count == 1);
    }

    [Fact]
    public async Task Test_ThatFails_RaisesNoAlarm()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        for (var i = 0; i < ChannelRules.AlarmAfter; i++)
        {
            await Portal.Get<ChannelProbe>().SendAsync(Chief, Seen("mail"), "chief@site.example");
        }

        Assert.Equal((ChannelState.Ok, 0), (Health("mail")!.State, Health("mail")!.Failures));
    }

    private ChannelHealth? Health(string key) => Portal.Get<ChannelBoard>().Of(key);

    private SeenChannel Seen(string key) => SeenChannel.Of(Book.Channels[key].Row);

    private Task<ChannelOutcome> SaveAsync(SeenChannel? seen, string channel) =>
        Decisions.SaveAsync(Chief, seen, JsonElement.Parse(channel));
}
