using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>How a channel fares is known, told on the others, and followed by what it needs.</summary>
public sealed class ChannelHealthTests : NotificationContext
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(18);

    [Fact]
    public async Task Accepted_IsNotedWithTheServersWords()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();

        var mail = Health("mail");
        Assert.Equal((ChannelState.Ok, "250 OK", Time.GetUtcNow()), (mail.State, mail.SuccessAnswer, mail.SucceededUtc));
    }

    [Fact]
    public async Task Failed_IsNotedWithTheServersWords_AndOverWithTheNextSuccess()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        var since = Time.GetUtcNow();
        await PassAsync(TimeSpan.FromSeconds(6));

        var failing = Health("mail");
        Assert.Equal((ChannelState.Failing, 2, since), (failing.State, failing.Failures, failing.FailingSinceUtc));
        Assert.Equal(("451 greylisted", since.AddSeconds(6)), (failing.FailureAnswer, failing.FailedUtc));
        Assert.Equal(ChannelState.Ok, Health("hook").State);

        Mail.AnswerWith(RecordingSender.Accepted);
        await PassAsync(TimeSpan.FromSeconds(18));

        Assert.Equal((ChannelState.Ok, 0), (Health("mail").State, Health("mail").Failures));
        Assert.Equal("451 greylisted", Health("mail").FailureAnswer);
    }

    [Fact]
    public async Task Refused_SaysNothingOfTheChannel()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.Refused);
        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal((ChannelState.Ok, 0), (Health("mail").State, Health("mail").Failures));
    }

    [Fact]
    public async Task Health_SurvivesAStart()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();

        await RestartAsync();

        Assert.Equal(ChannelState.Failing, Health("mail").State);
    }

    [Fact]
    public async Task FiveFailuresInARow_AreAnAlarm_ToldOnTheOtherChannels_UntilTheNextSuccess()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        await FailAsync(ChannelRules.AlarmAfter - 1);
        Assert.Empty(await ChannelAlarmsAsync());
        var before = Mail.Attempts.Count;

        await FailAsync(ChannelRules.AlarmAfter);
        Assert.Equal(["portal|channel|mail|"], await ChannelAlarmsAsync());
        await Until.TrueAsync(() => Hook.Said is ["raised", "raised"]);
        Assert.Equal(before + 1, Mail.Attempts.Count);
        Assert.Empty(Deliveries("alarm_id = 2 AND channel = 'mail'"));
        Assert.Contains("\"deliveryChannel\":\"mail\"", Hook.Attempts[1].Json);

        Mail.AnswerWith(RecordingSender.Accepted);
        await PassAsync(LongestWait);
        Assert.Equal(["portal|channel|mail|ended"], await ChannelAlarmsAsync());
        await Until.TrueAsync(() => Hook.Said is ["raised", "raised", "ended"]);
    }

    /// <summary>A chain that knows the failing channel alone can't tell of it: then all others do.</summary>
    [Fact]
    public async Task FiveFailures_OfTheOnlyChannelOfTheChain_AreToldByAllOthers()
    {
        await ImportAsync(
            """
            {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"},
              {"key":"hook","kind":"webhook","url":"https://site.example/hook"}],
            "people":[{"email":"anna@site.example"}],
            "chains":[{"key":"default","place":"*","level":"warning","steps":[{"people":["anna@site.example"],"channels":["mail"]}]}]}
            """);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();

        await FailAsync(ChannelRules.AlarmAfter);
        await ChannelAlarmsAsync();

        await Until.TrueAsync(() => Hook.Said is ["raised"]);
    }

    /// <summary>The steps before the first one that can be told are not waited for.</summary>
    [Fact]
    public async Task FiveFailures_OfTheFirstStep_AreToldByTheNextOneAtOnce()
    {
        await ImportAsync(Usual.Replace("\"after\":\"0m\",\"channels\":[\"hook\"]", "\"after\":\"1h\",\"channels\":[\"hook\"]", StringComparison.Ordinal));
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();

        await FailAsync(ChannelRules.AlarmAfter);
        await ChannelAlarmsAsync();

        await Until.TrueAsync(() => Hook.Said is ["raised"]);
    }

    [Fact]
    public async Task Removed_Channel_FailsNoMore()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        await FailAsync(ChannelRules.AlarmAfter);
        Assert.Single(await ChannelAlarmsAsync());

        await ImportAsync("""{"channels":[{"key":"hook","kind":"webhook","url":"https://site.example/hook","secret":null}]}""");

        Assert.Equal(["portal|channel|mail|ended"], await ChannelAlarmsAsync());
        Assert.Equal(0, Portal.Database.Scalar<long>("SELECT count(*) FROM channel_health WHERE key = 'mail'"));
    }

    [Fact]
    public async Task Webhook_FailingForADay_IsSwitchedOff_AndWaitsUntilItIsSwitchedOn()
    {
        await ImportAsync(Usual);
        Hook.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();

        await FailUntilOffAsync();

        Assert.Equal((ChannelState.Off, (string?)null), (Health("hook").State, Health("hook").OffBy));
        Assert.Contains("channel switched off|channel hook|Efento Portal", AuditOf("channel switched off"));
        Assert.Equal(["portal|channel|hook|"], await ChannelAlarmsAsync());
        var attempts = Hook.Attempts.Count;
        Time.Advance(LongestWait);
        Assert.DoesNotContain("hook", (await Portal.Get<DeliveryQueue>().DueAsync(CancellationToken.None)).Channels);
        Assert.Equal(attempts, Hook.Attempts.Count);

        Hook.AnswerWith(RecordingSender.Accepted);
        await SwitchAsync("hook", isOn: true);
        await Until.TrueAsync(() => Health("hook").State is ChannelState.Ok && Deliveries("channel = 'hook' AND state = 3").Count == 1);
    }

    [Fact]
    public async Task SwitchedOn_AfterADayOfFailures_HasADayAgain()
    {
        await ImportAsync(Usual);
        Hook.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        await FailUntilOffAsync();
        var attempts = Hook.Attempts.Count;

        await SwitchAsync("hook", isOn: true);
        await Until.TrueAsync(() => Hook.Attempts.Count > attempts);
        await SettleAsync();

        Assert.Equal(ChannelState.Failing, Health("hook").State);
    }

    [Fact]
    public async Task Mail_FailingForDays_IsNeverSwitchedOff()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        Time.Advance(TimeSpan.FromHours(25));
        await Until.TrueAsync(() => Health("mail").Failures >= 2);

        Assert.Equal(ChannelState.Failing, Health("mail").State);
    }

    [Fact]
    public async Task SwitchedOff_ByAPerson_IsNoAlarm_AndWhatWaitsForDaysFails()
    {
        await ImportAsync(Usual);
        await SwitchAsync("hook", isOn: false);
        await MeasureAsync(11);
        await Until.TrueAsync(() => Mail.Said.Count == 1);
        Assert.Empty(Hook.Attempts);
        Assert.Empty(await ChannelAlarmsAsync());
        Assert.Equal("1", Assert.Single(Portal.Database.Lines("SELECT state FROM delivery WHERE channel = 'hook'")));

        Time.Advance(BackOff.GivesUpAfter);
        await SwitchAsync("hook", isOn: true);

        await Until.TrueAsync(() => Deliveries("channel = 'hook' AND state = 4").Count == 1);
        Assert.Empty(Hook.Attempts);
    }

    [Fact]
    public async Task RetryAfter_IsRespected_ByAllMessagesOfTheChannel()
    {
        await ImportAsync(Usual);
        Hook.AnswerWith(RecordingSender.TryAgain with { RetryAfter = TimeSpan.FromMinutes(10) });
        await MeasureAsync(11);
        await Until.TrueAsync(() => Health("hook").PausedUntilUtc is not null);

        // Else both alarms would be one mail.
        await Until.TrueAsync(() => Mail.Said.Count == 1);

        Hook.AnswerWith(RecordingSender.Accepted);
        Time.Advance(TimeSpan.FromMinutes(9));
        await MeasureAsync(11, Some.Serial());
        await Until.TrueAsync(() => Mail.Said.Count == 2);
        Assert.DoesNotContain("hook", (await Portal.Get<DeliveryQueue>().DueAsync(CancellationToken.None)).Channels);
        Assert.Single(Hook.Attempts);

        Time.Advance(TimeSpan.FromMinutes(1));
        await Until.TrueAsync(() => Hook.Attempts.Count == 3);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(100_000, 1440)]
    public void RetryAfter_IsBounded(int asked, int expected)
    {
        var its = new ChannelHealth { Key = "hook" };
        var result = RecordingSender.TryAgain with { RetryAfter = TimeSpan.FromMinutes(asked) };

        ChannelRules.Take(its, ChannelKind.Webhook, result, Some.Start);

        Assert.Equal(Some.Start.AddMinutes(expected), its.PausedUntilUtc);
    }

    [Fact]
    public async Task Change_OfTheSettings_TriesAtOnceWhatWaits()
    {
        await ImportAsync(Usual);
        Hook.AnswerWith(RecordingSender.TryAgain with { RetryAfter = TimeSpan.FromHours(10) });
        await MeasureAsync(11);
        await Until.TrueAsync(() => Health("hook").PausedUntilUtc is not null);

        Hook.AnswerWith(RecordingSender.Accepted);
        var changed = JsonElement.Parse("""{"key":"hook","kind":"webhook","url":"https://other.example/hook","secret":null}""");
        Assert.True((await Portal.Get<ChannelDecisions>().SaveAsync(Actor.Command, Seen("hook"), changed)).IsDone);

        await Until.TrueAsync(() => Deliveries("channel = 'hook' AND state = 3").Count == 1);
    }

    private ChannelHealth Health(string key) => Portal.Get<ChannelBoard>().Of(key) ?? new ChannelHealth { Key = key };

    private SeenChannel Seen(string key) => SeenChannel.Of(Portal.Get<NotificationDirectory>().Book.Channels[key].Row);

    private async Task SwitchAsync(string key, bool isOn) =>
        Assert.True((await Portal.Get<ChannelDecisions>().SwitchAsync(Actor.Command, Seen(key), isOn)).IsDone);

    /// <summary>Lets mail fail until so many attempts in a row have.</summary>
    private async Task FailAsync(int failures)
    {
        while (Health("mail").Failures < failures)
        {
            await PassAsync(TimeSpan.FromMinutes(1));
        }
    }

    private async Task FailUntilOffAsync()
    {
        for (var hours = 0; hours < 26 && Health("hook").State is not ChannelState.Off; hours++)
        {
            var before = Health("hook").Failures;
            Time.Advance(TimeSpan.FromHours(1));
            await Until.TrueAsync(() => Health("hook").Failures > before);
        }
    }

    /// <summary>The alarms about channels once something was measured, so that nothing is silent, and the portal looked, as "kind|type|channel|state".</summary>
    private async Task<IReadOnlyList<string>> ChannelAlarmsAsync()
    {
        await MeasureAsync(11);
        await Portal.LookAsync();
        return Portal.Database.Lines(
            """
            SELECT 'portal', type, delivery_channel, CASE WHEN ended_ms IS NULL THEN '' ELSE 'ended' END
            FROM alarm WHERE delivery_channel IS NOT NULL ORDER BY id
            """);
    }

    private IReadOnlyList<string> AuditOf(string action) =>
        Portal.Database.Lines("SELECT action, subject, actor FROM audit_entry WHERE action = $0", action);
}
