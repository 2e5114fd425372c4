using System.Collections.Immutable;
using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Simulation;
using Efento.Portal.Simulation.Sensors;
using Efento.Portal.Tests.Notifications.Channels.Email;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>From the excursion to the acknowledgement on a phone that is not signed in.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class AnswerTests(Chromium chromium)
{
    [Theory]
    [InlineData("en", ColorScheme.Light, "You have acknowledged this alarm")]
    [InlineData("pl", ColorScheme.Dark, "Ten alarm został przez Ciebie potwierdzony")]
    public async Task Excursion_IsAMail_WhoseLinkAcknowledges(string language, ColorScheme theme, string expected)
    {
        await using var mail = await MailServer.StartAsync();
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = new() { ["Portal:PublicAddress"] = "https://portal.example.com" } });
        await portal.RuleAsync(AlarmBench.Fridge());
        await ImportAsync(portal, mail.Port, language);
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(), 11.2)));
        await Until.TrueAsync(() => mail.Mails.Count == 1);
        await using var phone = await PageInBrowser.OpenUnknownAsync(chromium, portal.Address, 360, theme, isStill: true, hasTouch: true);

        var path = mail.Mails[0].TextBody!.Split("https://portal.example.com/")
            .Single(part => part.StartsWith("answer/", StringComparison.Ordinal));
        await phone.VisitAsync(new Uri(portal.Address, path.Trim()).ToString());
        List<string> faults = [.. await Look.InBothThemesAsync(phone, $"answer-{language}")];
        faults.AddRange(await Look.AtWidthsAsync(phone, $"answer-{language}", 1440));
        await phone.Page.FillAsync("#comment", "I close the door");
        await phone.Page.SelectOptionAsync("#cause", new SelectOptionValue { Index = 1 });
        await phone.Page.TapAsync("button");
        await phone.TextAsync(".answered h2", expected);

        faults.AddRange(await Look.InBothThemesAsync(phone, $"answered-{language}"));
        Assert.Equal([], faults);
        Assert.Empty(phone.Faults);
        Assert.Equal("anna@site.example", Assert.Single(await portal.AlarmsAsync()).Alarm.AcknowledgedBy);
    }

    /// <summary>
    /// The whole way: a fridge that warms up, the gateway that hears its logger, the mail, and the phone of whoever reads it. From the
    /// touch on the link to the word that it is acknowledged, the portal and the page take less than ten seconds.
    /// </summary>
    [Fact]
    public async Task Fridge_ThatWarmsUp_IsAcknowledgedFromTheMail_WithinTenSeconds()
    {
        await using var mail = await MailServer.StartAsync();
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = new() { ["Portal:PublicAddress"] = "https://portal.example.com" } });
        await portal.RuleAsync(AlarmBench.Fridge());
        await ImportAsync(portal, mail.Port, "en");
        await using var phone = await PageInBrowser.OpenUnknownAsync(chromium, portal.Address, 360, isStill: true, hasTouch: true);

        var tally = await SendWarmFridgeAsync(portal.Address);
        await Until.TrueAsync(() => mail.Mails.Count == 1);
        var path = mail.Mails[0].TextBody!.Split("https://portal.example.com/")
            .Single(part => part.StartsWith("answer/", StringComparison.Ordinal));

        var began = TimeProvider.System.GetTimestamp();
        await phone.VisitAsync(new Uri(portal.Address, path.Trim()).ToString());
        await phone.Page.Locator("#comment").PressSequentiallyAsync("I close the door");
        await phone.Page.TapAsync("button");
        await phone.TextAsync(".answered h2", "You have acknowledged this alarm");
        var took = TimeProvider.System.GetElapsedTime(began);

        TestContext.Current.TestOutputHelper!.WriteLine($"From the link to acknowledged: {took.TotalSeconds:0.0} s");
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Empty(tally.Violations);
        Assert.True(await phone.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        var alarm = Assert.Single(await portal.AlarmsAsync()).Alarm;
        Assert.Equal(("anna@site.example", "I close the door"), (alarm.AcknowledgedBy, alarm.Comment));
    }

    /// <summary>A virtual gateway sends what it has heard of a fridge whose cooling failed half an hour ago.</summary>
    private static async Task<GatewayTally> SendWarmFridgeAsync(Uri portal)
    {
        var (now, interval) = (Some.Now(), TimeSpan.FromMinutes(3));
        var failing = new Period(now.AddMinutes(-30), now.AddHours(1));
        var warm = new LoggerKind("fridge", [new Warmed(new FridgeTemperature(), failing, 20, TimeSpan.FromMinutes(10))]);
        using var handler = GatewayHttp.CreateHandler();
        using var gateway = new VirtualGateway(
            new()
            {
                Server = portal,
                Token = PortalUnderTest.GatewayToken,
                Serial = SimulatedSerial.OfGateway(5, 0),
                MeasuringSinceUtc = now - (2 * interval),
            },
            [VirtualLogger.Create(5, 0, interval, warm)],
            SimulationClock.RealTime(TimeProvider.System),
            handler);
        SendResult result;
        while ((result = await gateway.SendOnceAsync(TestContext.Current.CancellationToken)).Outcome is not SendOutcome.NothingToSend)
        {
            Assert.Equal(SendOutcome.Received, result.Outcome);
        }

        return gateway.Tally;
    }

    private static async Task ImportAsync(PortalUnderTest portal, int port, string language) => Assert.Empty(
        (await portal.Get<NotificationDocuments>().ImportAsync(
            Actor.Command,
            Encoding.UTF8.GetBytes(
                $$"""
                {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","port":{{port}},"from":"portal@site.example"}],
                "people":[{"email":"anna@site.example","language":"{{language}}"}],
                "chains":[{"key":"default","place":"*","level":"critical","steps":[{"people":["anna@site.example"]}]}]}
                """),
            ImmutableDictionary<string, string>.Empty,
            isTrial: false)).Faults);
}
