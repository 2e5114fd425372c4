using Efento.Portal.Alarms.Standing;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Tests.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Email;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using SmtpServer.Protocol;

namespace Efento.Portal.Tests.Notifications;

/// <summary>A mail server that has every trouble one after the other: the message comes once it is well, and comes once.</summary>
public sealed class MailTroubleTests
{
    private static readonly SmtpResponse Greylisting = new((SmtpReplyCode)451, "4.7.1 Greylisted, come back later");
    private static readonly SmtpResponse Full = new((SmtpReplyCode)452, "4.3.1 Insufficient system storage");

    private readonly FakeTimeProvider _time = new(Some.Start);

    [Fact]
    public async Task Server_InTrouble_GetsTheMessageOnceItIsWell_AndOnce()
    {
        using var certificates = TestCertificates.ForAnotherName();
        await using var mail = await MailServer.StartAsync();
        await using var another = await MailServer.StartAsync(certificates.Server, isSecure: true);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await portal.Get<StandingWatch>().StopAsync(CancellationToken.None);
        await portal.RuleAsync(AlarmBench.Fridge());
        mail.ToRecipients = Greylisting;
        await ImportAsync(portal, "127.0.0.1", mail.Port);

        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(_time), 11)));
        await SeenAsync(portal, "Greylisted");
        (mail.ToRecipients, mail.ToMessages) = (null, Full);
        await SeenAsync(portal, "Insufficient system storage");
        await ImportAsync(portal, "127.0.0.1", another.Port, "tls");
        await SeenAsync(portal, "is not trusted");
        await ImportAsync(portal, "127.0.0.1", SilentServer.PortOfNobody());
        await SeenAsync(portal, "Connection refused");
        await ImportAsync(portal, "mail.invalid", 25);
        await SeenAsync(portal, "not known", "resolution");
        Assert.Equal(ChannelState.Failing, portal.Get<ChannelBoard>().Of("mail")!.State);
        Assert.Empty(mail.Mails.Concat(another.Mails));

        mail.ToMessages = new(SmtpReplyCode.Ok, "2.0.0 queued");
        await ImportAsync(portal, "127.0.0.1", mail.Port);
        await PassUntilAsync(portal, () => portal.Database.Lines("SELECT state FROM delivery").All(state => state == "3"));

        Assert.Single(mail.Mails);
        Assert.Equal("1|2.0.0 queued", Assert.Single(portal.Database.Lines("SELECT event, answer FROM delivery")));
        Assert.Equal(ChannelState.Ok, portal.Get<ChannelBoard>().Of("mail")!.State);
    }

    private static Task ImportAsync(PortalUnderTest portal, string host, int port, string security = "none") => portal.TellAsync(
        $$"""
        {"channels":[{"key":"mail","kind":"email","host":"{{host}}","port":{{port}},"security":"{{security}}","from":"portal@site.example"}],
        "people":[{"email":"anna@site.example","language":"en"}],
        "chains":[{"key":"default","place":"*","level":"critical","steps":[{"people":["anna@site.example"]}]}]}
        """);

    /// <summary>Lets time pass until the last attempt failed for one of these reasons.</summary>
    private Task SeenAsync(PortalUnderTest portal, params string[] words) => PassUntilAsync(portal, () =>
        portal.Database.Lines("SELECT coalesce(answer, '') FROM delivery") is [var answer]
        && words.Any(word => answer.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Lets time pass, but not while the server, whose time is the true one, is spoken with.</summary>
    private Task PassUntilAsync(PortalUnderTest portal, Func<bool> condition) => Until.TrueAsync(() =>
    {
        if (portal.Database.Lines("SELECT id FROM delivery WHERE state = 2").Count == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        return condition();
    });
}
