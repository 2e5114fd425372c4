using System.Collections.Immutable;
using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Tests.Notifications.Channels.Email;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Notifications;

/// <summary>From the gateway's message to a real mail server and a real program.</summary>
public sealed class EndToEndTests
{
    [Fact]
    public async Task Excursion_OverHttp_IsAMailAndAWebhook()
    {
        await using var mail = await MailServer.StartAsync();
        await using var program = await HttpReceiver.StartAsync();
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = new() { ["Portal:PublicAddress"] = "https://portal.example.com" } });
        await portal.RuleAsync(AlarmBench.Fridge());
        await ImportAsync(portal, mail.Port, program.Address);
        var serial = Some.Serial();

        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), 11.2)));
        await Until.TrueAsync(() => mail.Mails.Count == 1 && program.Requests.Count == 1);

        var message = mail.Mails[0];
        Assert.StartsWith(
            $"Krytyczny: {serial}: Temperatura powyżej 8,0 °C: 11,2 °C, od ", message.Subject!.Replace('\u00a0', ' '));
        Assert.Equal("anna@site.example", message.To.Mailboxes.Single().Address);
        Assert.Contains("https://portal.example.com/alarms/1", message.TextBody);
        Assert.Contains("https://portal.example.com/alarms/1", message.HtmlBody);
        Assert.Contains("\"type\":\"alarm.raised\"", program.Requests[0].Body);
        await Until.TrueAsync(() => portal.Database.Lines("SELECT state FROM delivery").All(state => state == "3"));
    }

    /// <summary>A program that is gone for a while: who reads mail hears of it, and the page shows both sides' words.</summary>
    [Fact]
    public async Task Program_ThatRefusesAll_IsToldByMail_AndHeardAgainOnceItIsBack()
    {
        await using var mail = await MailServer.StartAsync();
        await using var program = await HttpReceiver.StartAsync();
        program.AnswerWith(503, "Upstream is being replaced");
        var time = new FakeTimeProvider(Some.Start);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        await portal.Get<StandingWatch>().StopAsync(CancellationToken.None);
        await portal.RuleAsync(AlarmBench.Fridge());
        await ImportAsync(portal, mail.Port, program.Address, "warning");
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(time), 11.2)));

        var board = portal.Get<ChannelBoard>();
        await PassUntilAsync(time, portal, () => board.Of("hook")?.Failures >= ChannelRules.AlarmAfter);
        await portal.LookAsync();
        await PassUntilAsync(time, portal, () => mail.Mails.Any(m => m.Subject!.Contains("„hook”", StringComparison.Ordinal)));
        Assert.Equal("503 Service Unavailable: Upstream is being replaced", board.Of("hook")!.FailureAnswer);

        program.AnswerWith(204);
        await PassUntilAsync(time, portal, () => board.Of("hook")!.State is ChannelState.Ok);
        await portal.LookAsync();
        Assert.DoesNotContain(await portal.AlarmsAsync(new() { State = AlarmState.Active }), a => a.Alarm.DeliveryChannel is not null);
    }

    /// <summary>Lets time pass until something has happened, but not while a server, whose time is the true one, is spoken with.</summary>
    private static Task PassUntilAsync(FakeTimeProvider time, PortalUnderTest portal, Func<bool> hasHappened) => Until.TrueAsync(() =>
    {
        if (portal.Database.Count("delivery WHERE state = 2") == 0)
        {
            time.Advance(TimeSpan.FromSeconds(5));
        }

        return hasHappened();
    });

    private static async Task ImportAsync(PortalUnderTest portal, int port, Uri program, string level = "critical") => Assert.Empty(
        (await portal.Get<NotificationDocuments>().ImportAsync(
            Actor.Command,
            Encoding.UTF8.GetBytes(
                $$"""
                {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","port":{{port}},"from":"portal@site.example"},
                  {"key":"hook","kind":"webhook","url":"{{program}}","allowPrivateNetworks":true}],
                "people":[{"email":"anna@site.example","language":"pl"}],
                "chains":[{"key":"default","place":"*","level":"{{level}}","steps":[{"people":["anna@site.example"]},{"channels":["hook"]}]}]}
                """),
            ImmutableDictionary<string, string>.Empty,
            isTrial: false)).Faults);
}
