using System.Collections.Immutable;
using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Notifications.Documents;
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
