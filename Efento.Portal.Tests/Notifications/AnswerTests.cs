using System.Net;
using System.Text.RegularExpressions;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Answering;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>The link of a message with which its reader acknowledges the alarm, on a phone that is not signed in.</summary>
public sealed partial class AnswerTests : NotificationContext
{
    private const string PublicAddress = "https://portal.example.com";

    /// <summary>Everybody who reads it can say so, and a program.</summary>
    private const string WithPhone = $$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"},
          {"key":"phone","kind":"ntfy","url":"https://ntfy.example/site"},
          {"key":"hook","kind":"webhook","url":"https://site.example/hook"}],
        "people":[{"email":"{{Anna}}","language":"en"},{"email":"{{Bert}}","language":"pl"}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[
          {"people":["{{Anna}}","{{Bert}}"],"channels":["mail"]},{"channels":["phone","hook"]}]}]}
        """;

    private readonly RecordingSender _phone = new(ChannelKind.Ntfy);

    private protected override RecordingSender[] MoreSenders => [_phone];

    private protected override Dictionary<string, string> Settings => new()
    {
        ["Portal:PublicAddress"] = PublicAddress,
        ["Logging:LogLevel:Microsoft"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
    };

    [Fact]
    public async Task Link_Opened_AsksAndChangesNothing()
    {
        var link = await RaiseAsync();

        var page = await PageAsync(link);

        Assert.Contains("<form method=\"post\" action=\"/answer/", page);
        Assert.Contains(Serial, page);
        Assert.Contains("Temperature above", page);
        Assert.Contains("Goods checked", page);
        Assert.True((await AlarmAsync()).IsOpen);
        Assert.Empty(Portal.Database.Lines("SELECT id FROM audit_entry WHERE action = 'alarm acknowledged'"));
    }

    [Fact]
    public async Task Link_Sent_AcknowledgesWithCommentCauseAndAction()
    {
        var link = await RaiseAsync();

        using var answer = await PostAsync(link, "The door was open", "Door left open", "Door closed");

        Assert.Equal((HttpStatusCode.SeeOther, link), (answer.StatusCode, answer.Headers.Location!.OriginalString.TrimStart('/')));
        var alarm = await AlarmAsync();
        Assert.Equal(
            (Anna, "The door was open", "Door left open", "Door closed"),
            (alarm.AcknowledgedBy, alarm.Comment, alarm.CauseWord, alarm.ActionWord));
        Assert.Contains("You have acknowledged this alarm", await PageAsync(link));
    }

    [Fact]
    public async Task Link_Used_IsInTheAuditTrail()
    {
        var link = await RaiseAsync();

        using var answer = await PostAsync(link, "I look");

        Assert.Equal(
            [$"{(int)ActorKind.Link}|{Anna}|127.0.0.1|I look"],
            Portal.Database.Lines("SELECT actor_kind, actor, address, new FROM audit_entry WHERE action = 'alarm acknowledged'"));
    }

    [Fact]
    public async Task Link_Second_SeesWhoWasFirst()
    {
        await RaiseAsync();
        using var first = await PostAsync(LinkOf(Mail, Bert), "Już idę");

        using var second = await PostAsync(LinkOf(Mail, Anna), "I go");

        Assert.Equal((Bert, "Już idę"), ((await AlarmAsync()).AcknowledgedBy, (await AlarmAsync()).Comment));
        Assert.Contains($"{Bert} has acknowledged this alarm", await PageAsync(LinkOf(Mail, Anna)));
    }

    [Fact]
    public async Task Link_IsReadInTheLanguageOfItsReader()
    {
        await RaiseAsync();

        Assert.Contains("<html lang=\"pl\">", await PageAsync(LinkOf(Mail, Bert)));
    }

    [Fact]
    public async Task Page_NamesTheZoneOfItsTimes()
    {
        var link = await RaiseAsync();
        Assert.Matches("<li>Since 17 Jun 2026, \\d\\d:14 UTC(\\+\\d)?</li>", System.Net.WebUtility.HtmlDecode(await PageAsync(link)));

        using var answer = await PostAsync(link, "I look");

        Assert.Matches("17 Jun 2026, \\d\\d:14 UTC(\\+\\d)?</p>", System.Net.WebUtility.HtmlDecode(await PageAsync(link)));
    }

    [Fact]
    public async Task Link_WithoutAComment_ChangesNothing()
    {
        var link = await RaiseAsync();

        using var answer = await PostAsync(link, " ", "Door left open");

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Say what was done.", page);
        Assert.Matches("<option value=\"Door left open\" selected", page);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    [Fact]
    public async Task Link_WordsThatAreNotTheSites_AreLeftOut()
    {
        var link = await RaiseAsync();

        using var answer = await PostAsync(link, "I look", "<script>", "Whatever");

        Assert.Equal((null, null), ((await AlarmAsync()).CauseWord, (await AlarmAsync()).ActionWord));
    }

    [Fact]
    public async Task Link_After72Hours_IsOver()
    {
        var link = await RaiseAsync();
        Time.Advance(AnswerPass.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Contains("<form", await PageAsync(link));

        Time.Advance(TimeSpan.FromSeconds(1));

        await AssertRefusedAsync(link, HttpStatusCode.Gone, "This link is too old");
    }

    [Fact]
    public async Task Link_OfAnAlarmThatWasAcknowledgedAndGotWorse_IsOver()
    {
        await ImportAsync(WithPhone);
        var alarm = await MeasureAsync(7.5);
        await SettleAsync();
        var link = LinkOf(Mail, Anna);
        await AcknowledgeAsync(alarm!);
        await MeasureAsync(11);

        using var answer = await PostAsync(link, "I look");

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    [Fact]
    public async Task Link_OfAnAlarmThatIsOver_StillWorks()
    {
        var link = await RaiseAsync();
        await MeasureAsync(5);

        using var answer = await PostAsync(link, "It was the door");

        Assert.Equal(Anna, (await AlarmAsync()).AcknowledgedBy);
    }

    [Fact]
    public async Task Link_OfANumberThatAnotherAlarmHasNow_IsOfNoUse()
    {
        await RaiseAsync();
        var before = new AnswerPass(1, Time.GetUtcNow().AddHours(-1), new Target("mail", Anna));

        await AssertRefusedAsync(
            $"answer/{Portal.Get<AnswerLinks>().CodeOf(before)}", HttpStatusCode.Gone, "This alarm does not exist any more");
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Auditor)]
    public async Task Account_ThatMayNotAct_GetsNoLink(Role role)
    {
        await AccountAsync(role);
        await RaiseAsync();

        Assert.Null(Mail.Attempts.Single(m => m.Recipient == Anna).Answer);
        Assert.NotNull(Mail.Attempts.Single(m => m.Recipient == Bert).Answer);
    }

    [Fact]
    public async Task Account_ThatIsLimitedSince_IsRefused()
    {
        await AccountAsync(Role.Operator);
        var link = await RaiseAsync();
        Assert.Equal(LocationOutcome.Done, await Portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, "Office"));
        var office = Portal.Get<LocationDirectory>().Tree.All.Single().Id;
        Portal.Database.Execute($"UPDATE user SET locations = '{office}' WHERE email = '{Anna}'");

        await AssertRefusedAsync(link, HttpStatusCode.Forbidden, "You may not acknowledge this alarm");
        Assert.True((await AlarmAsync()).IsOpen);
    }

    [Fact]
    public async Task Account_ThatIsDisabledSince_IsRefused()
    {
        await AccountAsync(Role.Operator);
        var link = await RaiseAsync();
        Portal.Database.Execute($"UPDATE user SET disabled_utc = 1 WHERE email = '{Anna}'");

        await AssertRefusedAsync(link, HttpStatusCode.Forbidden, "You may not acknowledge this alarm");
    }

    [Fact]
    public async Task Person_WhoIsRemovedSince_IsRefused()
    {
        var link = await RaiseAsync();
        await ImportAsync("""{"channels":[{"key":"hook","kind":"webhook","url":"https://site.example/hook"}]}""");

        using var answer = await PostAsync(link, "I look");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    [Fact]
    public async Task Links_AreForPhonesAsWell_ButNotForPrograms()
    {
        await RaiseAsync();

        Assert.Null(Hook.Attempts[0].Answer);
        using var answer = await PostAsync(LinkOf(_phone, null), "From the phone");
        Assert.Equal("phone", (await AlarmAsync()).AcknowledgedBy);
    }

    [Fact]
    public async Task Page_ShowsThisAlarmAlone()
    {
        var other = Some.Serial();
        var link = await RaiseAsync();
        await MeasureAsync(12, other);

        var page = await PageAsync(link);

        Assert.DoesNotContain(other, page);
        Assert.DoesNotContain("href=\"/alarms", page);
    }

    [Fact]
    public async Task Page_IsSmallAndStandsAlone_AndTellsNobodyItsAddress()
    {
        var link = await RaiseAsync();
        using var nobody = new PeopleClient(Portal.Address);
        using var answer = await nobody.GetAsync(link);
        var page = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var icon = await nobody.GetAsync("assets/favicon.svg");

        Assert.InRange(page.Length + icon.Content.Headers.ContentLength!.Value, 1, 30_000);
        Assert.Equal(["/assets/favicon.svg"], Source().Matches(System.Text.Encoding.UTF8.GetString(page)).Select(m => m.Groups[1].Value));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("<script", System.Text.Encoding.UTF8.GetString(page));
    }

    [Fact]
    public async Task Guessing_IsMadeToWait()
    {
        var link = await RaiseAsync();
        for (var i = 0; i < 5; i++)
        {
            await AssertRefusedAsync($"{link[..^8]}{i}AAAAAAA", HttpStatusCode.NotFound, "This link does not work");
        }

        await AssertRefusedAsync(link, HttpStatusCode.TooManyRequests, "Please wait a moment");

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("<form", await PageAsync(link));
    }

    [Fact]
    public async Task Code_IsInNoLogAndNoTable()
    {
        var link = await RaiseAsync();
        await PageAsync(link);
        using var answer = await PostAsync(link, "I look");
        using var missing = await PostAsync($"{link}x/y", "I look");

        var code = link.Split('/')[1];
        Assert.DoesNotContain(Portal.Log, line => line.Contains(code, StringComparison.Ordinal));
        Assert.DoesNotContain(Portal.Database.Everything(), line => line.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Form_ThatIsTooLarge_IsRefused()
    {
        var link = await RaiseAsync();

        using var answer = await PostAsync(link, new string('x', 100_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Source();

    /// <summary>Raises an alarm.</summary>
    /// <returns>The link that Anna gets, without the address.</returns>
    private async Task<string> RaiseAsync()
    {
        await ImportAsync(WithPhone);
        await MeasureAsync(11);
        await SettleAsync();
        return Mail.Attempts.Single(m => m.Recipient == Anna).Answer is null ? "" : LinkOf(Mail, Anna);
    }

    private static string LinkOf(RecordingSender sender, string? recipient) =>
        sender.Attempts.First(m => m.Recipient == recipient).Answer!.AbsoluteUri[$"{PublicAddress}/".Length..];

    private async Task<string> PageAsync(string link)
    {
        using var nobody = new PeopleClient(Portal.Address);
        using var answer = await nobody.GetAsync(link);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> PostAsync(string link, string comment, string cause = "", string action = "")
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Portal.Address };
        using var form = new FormUrlEncodedContent(
            [new("comment", comment), new("cause", cause), new("action", action)]);
        return await http.PostAsync(new Uri(link, UriKind.Relative), form);
    }

    private async Task AssertRefusedAsync(string link, HttpStatusCode status, string words)
    {
        using var nobody = new PeopleClient(Portal.Address);
        using var answer = await nobody.GetAsync(link);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, page);
        Assert.DoesNotContain("<form", page);
        Assert.DoesNotContain(Serial, page);
    }

    private async Task<Alarm> AlarmAsync() =>
        (await Portal.Get<AlarmQuery>().ListAsync(SiteScope.Everything, new AlarmFilter(), null, 10)).Last().Alarm;

    private async Task AccountAsync(Role role) => Assert.Empty(
        await Portal.Get<UserAccounts>().AddAsync(Actor.Command, Anna, PortalUnderTest.AdminPassword, role));
}
