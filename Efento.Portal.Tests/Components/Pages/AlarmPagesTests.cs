using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Alarms.People;
using Efento.Portal.Components.Layout;
using Efento.Portal.Components.Pages.Alarms;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>The list of alarms and the page of one.</summary>
public sealed class AlarmPagesTests : PortalPageContext
{
    private static readonly Actor Anna = new(ActorKind.Person, "anna@portal.test");
    private readonly string _serial = Some.Serial();

    [Fact]
    public void List_NoAlarmYet_SaysWhatThatMeans()
    {
        var page = List();

        Assert.Equal("There has been no alarm yet", page.Find(".empty h2").TextContent);
        Assert.Contains("Everything that a rule watches is inside its limits", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void List_NoAlarmYet_LeadsThoseToTheRulesWhoMayChangeThem(bool mayAdminister)
    {
        if (!mayAdminister)
        {
            Person.SetPolicies(Policies.View);
        }

        Assert.Equal(mayAdminister ? ["/admin/rules"] : [], List().FindAll(".empty a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task List_Open_SaysWhatWhereAndSinceWhen()
    {
        await RaiseAsync(11.2);

        var row = List().Find(".alarms li");

        Assert.Equal("Critical", row.QuerySelector(".alarm-sign")!.TextContent.Trim());
        Assert.Equal("alarms/1", row.QuerySelector(".what a")!.GetAttribute("href"));
        Assert.Equal(
            $"{_serial} Temperature above 8.0\u00a0°C: 11.2\u00a0°C",
            string.Join(' ', row.QuerySelectorAll(".what > *").Select(e => e.TextContent)));
        Assert.Contains("since", row.QuerySelector(".when")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AcknowledgedElsewhere_MovesToTheHistoryOfOpenPages()
    {
        await RaiseAsync(9);
        var (page, count) = (List(), Render<AlarmCount>());
        Assert.Equal("1", count.Find(".alarm-count").TextContent);

        await SayAsync("Door was open");

        await UntilShownAsync(() => page.FindAll("h2").Select(h => h.TextContent).SequenceEqual(["History"]));
        Assert.Contains("Acknowledged by anna@portal.test", page.Find(".who").TextContent, StringComparison.Ordinal);
        Assert.Contains("Door was open", page.Find(".who").TextContent, StringComparison.Ordinal);
        await UntilShownAsync(() => count.FindAll(".alarm-count").Count == 0);
    }

    [Theory]
    [InlineData("?state=active", 1)]
    [InlineData("?state=ended", 0)]
    [InlineData("?state=withdrawn", 0)]
    [InlineData("?open=no", 0)]
    [InlineData("?open=yes&level=critical&kind=limits&time=1d", 1)]
    [InlineData("?level=warning", 0)]
    [InlineData("?kind=silence", 0)]
    [InlineData("?kind=nonsense", 1)]
    [InlineData("?point=2", 0)]
    [InlineData("?place=7", 0)]
    [InlineData("?who=anna@portal.test", 0)]
    [InlineData("?from=2026-06-17&to=2026-06-17", 1)]
    [InlineData("?to=2026-06-16", 0)]
    [InlineData("?to=nonsense", 1)]
    public async Task List_Filtered_ShowsThoseAlone(string query, int expected)
    {
        await RaiseAsync(9);

        var page = List(query);

        Assert.Equal(expected, page.FindAll(".alarms li").Count);
        Assert.Equal(expected == 0 ? 1 : 0, page.FindAll(".empty").Count);
    }

    /// <summary>The alarm begins at 9:17 UTC on June 17, which is 23:17 on June 16 in Honolulu.</summary>
    [Theory]
    [InlineData("Etc/UTC", "?to=2026-06-16", 0)]
    [InlineData("Pacific/Honolulu", "?to=2026-06-16", 1)]
    [InlineData("Pacific/Honolulu", "?from=2026-06-17", 0)]
    public async Task List_OfDays_TakesThoseOfTheReadersZone(string zone, string query, int expected)
    {
        JSInterop.SetupModule("./assets/chart.js").Setup<string>("zone").SetResult(zone);
        await RaiseAsync(9);
        await MeasureAsync([Some.Record(_serial, Next(), 5)]);
        await Portal.AlarmsAsync();

        var page = List(query);

        page.WaitForElement(expected == 0 ? ".empty" : ".alarms li");
        Assert.Equal(expected, page.FindAll(".alarms li").Count);
        Assert.Equal(
            $"/downloads/alarms.csv{query}&zone={Uri.EscapeDataString(zone)}", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task Days_Chosen_TakeThePlaceOfASpanAndGiveItUp()
    {
        var page = List("?time=7d&level=critical&after=1-1");

        await page.ChangeAsync("input[type=date]", "2026-06-17");
        Assert.EndsWith("/alarms?level=critical&from=2026-06-17", Navigation.Uri, StringComparison.Ordinal);
        await page.ChangeAsync("input[type=date]", "2026-06-18", 1);
        Assert.EndsWith("/alarms?level=critical&from=2026-06-17&to=2026-06-18", Navigation.Uri, StringComparison.Ordinal);
        var span = page.FindComponents<MudSelect<string>>().Single(s => s.Instance.Label == "When");
        await page.InvokeAsync(() => span.Instance.ValueChanged.InvokeAsync("1d"));

        Assert.EndsWith("/alarms?level=critical&time=1d", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?open=no")]
    [InlineData("?state=withdrawn")]
    public async Task List_OpenOnesNotWanted_DoesNotSayThatThereAreNone(string query)
    {
        await RaiseAsync(9);

        var page = List(query);

        page.WaitForElement(".empty");
        Assert.DoesNotContain("No open alarms", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OneCause_HasWhatItExplainsFolded()
    {
        await LoseGatewayAsync(3);

        var page = List();
        Assert.Contains("Offline", Assert.Single(page.FindAll(".alarms > ul > li")).TextContent, StringComparison.Ordinal);
        Assert.Equal("3 alarms explained by this", page.Find(".fold button").TextContent.Trim());

        await page.ClickAsync(".fold button");

        Assert.Equal(3, page.FindAll(".fold li").Count);
        Assert.Equal("1", Render<AlarmCount>().Find(".alarm-count").TextContent);
    }

    [Fact]
    public async Task List_OfTheExplainedAlone_HasThemUnfolded()
    {
        await LoseGatewayAsync(3);

        Assert.Equal(3, List("?kind=silence").FindAll(".alarms > ul > li").Count);
    }

    [Fact]
    public async Task Selected_AcknowledgedAtOnce_WithWhatTheyExplain()
    {
        await LoseGatewayAsync(2);
        var dialogs = Render<MudDialogProvider>();
        var page = List();
        await page.ChangeAsync(".alarms header input", true);

        await page.PressAsync(p => p.FindAll(".bulk button")[0]);
        await dialogs.InputAsync("textarea", "Power failure in the ward");
        await dialogs.ClickAsync(d => d.FindAll("button").Last());

        await UntilShownAsync(() => page.Markup.Contains("3 alarms acknowledged.", StringComparison.Ordinal));
        Assert.All(await Portal.AlarmsAsync(), a => Assert.Equal("Power failure in the ward", a.Alarm.Comment));
    }

    [Fact]
    public async Task History_MoreThanAPage_GoesOnOnTheNext()
    {
        await RaiseAsync(9);
        await SayAsync("Checked");
        for (var i = 0; i < AlarmsPage.PageSize; i++)
        {
            await MeasureAsync([Some.Record(_serial, Next(), 5)]);
            await MeasureAsync([Some.Record(_serial, Next(), 9)]);
            await Portal.AlarmsAsync();
            await SayAsync("Checked", i + 2);
        }

        var page = List();
        Assert.Equal(AlarmsPage.PageSize, page.FindAll(".alarms li").Count);
        var older = Assert.Single(page.FindAll(".pager a")).GetAttribute("href")!;

        Assert.Single(List(older[older.IndexOf('?', StringComparison.Ordinal)..]).FindAll(".alarms li"));
    }

    [Fact]
    public async Task Viewer_Sees_AndIsOfferedNothing()
    {
        await RaiseAsync(9);
        Person.SetPolicies(Policies.View);

        var (list, page) = (List(), Page());

        Assert.Empty(list.FindAll("input[type=checkbox]"));
        Assert.Empty(page.FindAll(".tools button"));
        Assert.Contains("Temperature above", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_TellsItsLifeAndTheRuleInForceThen()
    {
        await RaiseAsync(9);
        await SayAsync("Door was open");

        var page = Page();

        Assert.Equal(["Raised: Critical", "Acknowledged"], page.FindAll(".life b").Select(b => b.TextContent));
        Assert.Contains("Door was open", page.Find(".life .comment").TextContent, StringComparison.Ordinal);
        var facts = page.FindAll(".fact").ToDictionary(
            f => f.QuerySelector("dt")!.TextContent, f => f.QuerySelector("dd")!.TextContent.Trim());
        Assert.Equal("below 2\u00a0°C or above 8\u00a0°C, at once", facts["Critical"]);
        Assert.Equal("The whole site", facts["Comes from"]);
        Assert.StartsWith("9.0\u00a0°C", facts["Worst value"], StringComparison.Ordinal);
        Assert.StartsWith("between", facts["Began"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AnsweredByAnotherMeanwhile_SaysByWhomAndWhen()
    {
        await RaiseAsync(9);
        var dialogs = Render<MudDialogProvider>();
        var page = Page();
        await page.PressAsync(p => p.FindAll(".tools button")[0]);
        await SayAsync("I was first");

        await dialogs.InputAsync("textarea", "And I second");
        await dialogs.ClickAsync(d => d.FindAll("button").Last());

        await UntilShownAsync(() => page.FindAll("[role=status] portal-time").Count == 1);
        Assert.Contains(
            "anna@portal.test has acknowledged this alarm meanwhile", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("I was first", Assert.Single(await Portal.AlarmsAsync()).Alarm.Comment);
    }

    [Fact]
    public async Task Told_ByAnAdministratorOrAnAuditor_IsReadWithAddressesAndAnswers()
    {
        await TellAsync();
        Person.SetPolicies(Policies.View, Policies.Inspect);

        Assert.Equal(["bert@site.example · mail", "duty", "carl@site.example · gone"], Told());
        Assert.Equal(3, Page().FindAll(".told-of .answer").Count(a => a.TextContent == "550 no such mailbox"));
    }

    /// <summary>The address of the phone of whoever is on duty is nobody's business, and neither is the name of a topic.</summary>
    [Fact]
    public async Task Told_ByOthers_IsReadByNameAndKindOfChannel()
    {
        await TellAsync();
        Person.SetPolicies(Policies.View, Policies.Operate);

        Assert.Equal(["bert · E-mail", "Text message", "carl · Removed channel"], Told());
        var page = Page();
        Assert.All(page.FindAll(".told-of .answer"), answer => Assert.Empty(answer.TextContent));
        Assert.DoesNotContain("@site.example", page.Find(".told-of").OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_ByThePersonHerself_IsReadWithHerOwnAddressAlone()
    {
        await TellAsync();
        Person.SetAuthorized("Bert@site.example");
        Person.SetPolicies(Policies.View);

        Assert.Equal(["bert@site.example · mail", "Text message", "carl · Removed channel"], Told());
        Assert.Equal("550 no such mailbox", Page().Find(".told-of .answer").TextContent);
    }

    [Fact]
    public async Task Told_ThroughAChannelThatIsOff_SaysWhatItWaitsFor()
    {
        await TellAsync();

        // The next attempt is not before the test is over.
        Portal.Deliver(1, "mail", "dora@site.example", state: 1, Now.AddHours(1));
        Portal.Database.Execute($"UPDATE delivery SET due_utc = {Now.ToUnixTimeMilliseconds()} WHERE address = 'dora@site.example'");
        var page = Page();
        Assert.Equal("Waits for another attempt", States(page)[^1]);

        Portal.Get<ChannelBoard>().Put(new() { Key = "mail", OffUtc = Now, OffBy = "chief@site.example" });
        Portal.Get<LiveFeed>().Publish(new LiveKey(LiveTopic.Channel));

        await UntilShownAsync(() => States(page)[^1] == "Waits: the channel is off");
        Assert.Equal("Failed", States(page)[0]);
    }

    [Fact]
    public void Page_OfNone_SaysSo() => Assert.Equal("There is no such alarm", Page().Find(".empty h2").TextContent);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<AlarmsPage> List(string query = "")
    {
        Navigation.NavigateTo($"alarms{query}");
        return Render<AlarmsPage>();
    }

    private IRenderedComponent<AlarmPage> Page() => Render<AlarmPage>(page => page.Add(p => p.Id, 1));

    /// <summary>Three were told in vain: by mail, by the phone of whoever is on duty, and through a channel that was removed.</summary>
    private async Task TellAsync()
    {
        await RaiseAsync(9);
        await Portal.TellAsync(
            """
            {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","port":9,"from":"portal@site.example"},
              {"key":"duty","kind":"sms","template":"twilio","to":"+48 600 100 200","from":"+15005550006","user":"AC12","password":"x"}],
            "people":[{"email":"bert@site.example"}]}
            """);
        Portal.Deliver(1, "mail", "bert@site.example", state: 4, Now.AddSeconds(-3));
        Portal.Deliver(1, "duty", null, state: 4, Now.AddSeconds(-2));
        Portal.Deliver(1, "gone", "carl@site.example", state: 4, Now.AddSeconds(-1));
    }

    private IEnumerable<string> Told() => Page().FindAll(".told-of td.main").Select(cell => cell.TextContent);

    private static List<string> States(IRenderedComponent<AlarmPage> page) =>
        [.. page.FindAll(".told-of .sign").Select(sign => sign.TextContent.Trim())];

    private DateTimeOffset Next()
    {
        Time.Advance(TimeSpan.FromMinutes(3));
        return Now;
    }

    private async Task RaiseAsync(double value)
    {
        await Portal.RuleAsync(AlarmBench.Fridge());
        await MeasureAsync([Some.Record(_serial, Now, 5)]);
        await MeasureAsync([Some.Record(_serial, Next(), value)]);
        Assert.Single(await Portal.AlarmsAsync());
    }

    private async Task SayAsync(string comment, int alarm = 1) => Assert.True(
        (await Portal.Get<AlarmActions>().AcknowledgeAsync(SiteScope.Everything, Anna, alarm, new(comment))).IsDone);

    private async Task LoseGatewayAsync(int loggers)
    {
        await BeatAsync("282C00000001");
        await MeasureAsync(Enumerable.Range(0, loggers).Select(_ => Some.Record(Some.Serial(), Now)));
        for (var minute = 0; minute < 40; minute++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await Portal.LookAsync();
        }

        Assert.Equal(loggers, (await Portal.AlarmsAsync()).Count(a => a.Alarm.CauseId is not null));
    }
}
