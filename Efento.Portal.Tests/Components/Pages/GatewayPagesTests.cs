using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Gateways;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class GatewayPagesTests : PortalPageContext
{
    private const string Serial = "282C00000001";

    protected override Dictionary<string, string> Settings => new() { ["Portal:Ingest:MaxBodyBytes"] = "5000" };

    [Fact]
    public void Gateways_None_PointTheWay() =>
        Assert.Equal("No gateway was heard yet", Render<GatewaysPage>().Find("h2").TextContent);

    [Fact]
    public async Task Gateways_Heartbeat_ChangesThePage()
    {
        await BeatAsync(Serial, uptimeSeconds: 3600);
        var page = Render<GatewaysPage>();
        Assert.Contains("1 h", page.Find(".gateway-rows tbody tr").TextContent);

        await BeatAsync(Serial, uptimeSeconds: 7200);

        page.WaitForAssertion(() => Assert.Contains("2 h", page.Find(".gateway-rows tbody tr").TextContent));
    }

    [Fact]
    public async Task Gateways_NothingArrives_AskNothingForHours()
    {
        await BeatAsync(Serial);
        Render<GatewaysPage>();
        var before = Queries.Count;

        Time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task Gateway_Heard_SaysFromWhenOnItIsOffline()
    {
        await BeatAsync(Serial);

        var scope = Render<GatewaysPage>().Find("portal-freshness");

        Assert.Equal("gateway", scope.GetAttribute("of"));
        Assert.Equal(Time.GetUtcNow().AddMinutes(30).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), scope.GetAttribute("silent"));
    }

    [Fact]
    public async Task Gateway_TwoSerialsUnderOneToken_AreBothTold()
    {
        await BeatAsync(Serial);
        await BeatAsync("282C00000002");

        Assert.Equal(
            2,
            Render<GatewaysPage>().FindAll(".remark").Count(
                r => r.TextContent.Contains("Shares its token with 282C0000000", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Gateway_SilentForAnHourUnderASharedToken_SaysWhoseMeasurementsAre()
    {
        await BeatAsync(Serial);
        Time.Advance(TimeSpan.FromMinutes(61));
        await BeatAsync("282C00000002");

        var remark = Assert.Single(Render<GatewaysPage>().FindAll(".remark"));

        Assert.Contains("measurements under its token belong to 282C00000002", remark.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateways_OneRetired_IsFoldedAwayWithALinkToItsPage()
    {
        await BeatAsync(Serial);
        await BeatAsync("282C00000002");
        var page = Render<GatewaysPage>();
        Assert.Empty(page.FindAll("details.retired"));

        await RetireAsync();

        page.WaitForAssertion(() => Assert.Equal("Retired: 1 gateway", page.Find("details.retired summary").TextContent));
        Assert.Equal(
            ("gateways/1", Serial), page.Find("details.retired a") is var link ? (link.GetAttribute("href"), link.TextContent) : default);
        Assert.Equal("282C00000002", Assert.Single(page.FindAll(".gateway-rows .main > a")).TextContent);
        Assert.Empty(page.FindAll(".remark"));
    }

    [Fact]
    public async Task Gateways_TheOnlyOneIsRetired_CanStillBeFound()
    {
        await BeatAsync(Serial);
        await RetireAsync();

        Assert.Equal("gateways/1", Render<GatewaysPage>().Find("details.retired a").GetAttribute("href"));
    }

    [Fact]
    public async Task Gateway_StuckWithALargeMessage_SaysBothSizes()
    {
        await BeatAsync(Serial);
        await Portal.Client.MeasureAsync(new string(' ', 20_000));

        Assert.Contains("(19 kB, limit 4 kB)", Render<GatewaysPage>().Find(".alarm").TextContent);
    }

    [Fact]
    public async Task Gateways_OneGoesOffline_ComesFirstWithoutAskingAnything()
    {
        await BeatAsync("282C00000001");
        Time.Advance(TimeSpan.FromMinutes(10));
        await BeatAsync("282C00000002");
        Time.Advance(TimeSpan.FromMinutes(10));
        await BeatAsync("282C00000001");
        var page = Render<GatewaysPage>();
        Assert.Equal(["282C00000001", "282C00000002"], Names());
        var before = Queries.Count;

        Time.Advance(TimeSpan.FromMinutes(21));

        page.WaitForAssertion(() => Assert.Equal(["282C00000002", "282C00000001"], Names()));
        Assert.Empty(Queries.After(before));

        IEnumerable<string> Names() => page.FindAll(".gateway-rows .main > a").Select(a => a.TextContent);
    }

    [Fact]
    public async Task Gateways_OnBattery_SayHowFull()
    {
        await Portal.Client.BeatAsync(Some.Heartbeat(Serial, power: "UNPLUGGED"));

        Assert.Equal(
            ["On", "battery", "100", "%"],
            Render<GatewaysPage>().Find(".gateway-rows td.warn").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Gateways_PlainHttp_IsMarked()
    {
        await BeatAsync(Serial);

        Assert.Equal("plain HTTP", Render<GatewaysPage>().Find(".plain").TextContent.Trim());
    }

    [Fact]
    public async Task Gateways_SameMessageAgainAndAgain_SaySinceWhen()
    {
        await BeatAsync(Serial);
        var body = Some.Body(Some.Record(Some.Serial(), Now));
        for (var i = 0; i < 5; i++)
        {
            await Portal.Client.MeasureAsync(body);
        }

        Assert.Contains("Sent the same message 4 times", Render<GatewaysPage>().Find(".remark").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_UptimeWentDown_WasRestarted()
    {
        await BeatAsync(Serial, uptimeSeconds: 5_000);
        await BeatAsync(Serial, uptimeSeconds: 10);

        Assert.Contains("Restarted", Render<GatewaysPage>().Find(".remark").TextContent);
    }

    [Fact]
    public async Task Gateway_OfflineInAMaintenance_IsNamedSo()
    {
        await BeatAsync(Serial);
        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(2), "test");

        Assert.True(Render<GatewaysPage>().Find("portal-freshness").HasAttribute("maintenance"));
    }

    [Fact]
    public async Task Page_Ledger_IsInWords()
    {
        var serial = Some.Serial();
        await BeatAsync(Serial);
        await MeasureAsync(Some.Record(serial, Now, 4.5));
        await MeasureAsync(Some.Record(serial, Now, 4.6), Some.Record(serial, Now.AddSeconds(-9)), "{}");

        var rows = Page()
            .FindAll(".ledger tbody tr")
            .Select(
                r => r.QuerySelectorAll("td").Select(
                    d => string.Join(' ', d.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList())
            .ToList();

        Assert.Equal(["2", "1 new, 1 conflicting, 1 quarantined", "201 stored"], rows[0][2..5]);
        Assert.Equal(["1", "1 new", "201 stored"], rows[1][2..5]);
        Assert.StartsWith("Heartbeat", rows[2][1], StringComparison.Ordinal);
        Assert.Equal(["", "", "201 stored"], rows[2][2..5]);
    }

    [Fact]
    public async Task Page_Heartbeat_ShowsEveryKey()
    {
        await Portal.Client.BeatAsync($$"""{"serial":"{{Serial}}","modem":{"rssi":-71} }""");

        Assert.Equal(
            ["serial" + Serial, "modem.rssi-71"], Page().FindAll(".heartbeat dl div").Select(d => string.Concat(d.TextContent.Split())));
    }

    [Fact]
    public async Task Page_GatewayWithPlainHttp_IsMarked()
    {
        await BeatAsync(Serial);

        Assert.Contains(
            "plain HTTP",
            Page().FindAll(".fact").Single(
                f => f.TextContent.StartsWith("Connection", StringComparison.Ordinal)).QuerySelector(".warn")!.TextContent);
    }

    [Fact]
    public async Task Page_LoggersHeard_AreListed()
    {
        var serial = Some.Serial();
        await BeatAsync(Serial);
        await MeasureAsync(Some.Record(serial, Now));

        Assert.Equal($"loggers/{serial}", Page().Find(".heard a").GetAttribute("href"));
    }

    [Fact]
    public async Task Gateways_CountOfItsOwn_IsToldFromThePortals()
    {
        await BeatAsync(Serial);
        await MeasureAsync(Some.Record(Some.Serial(), Now), Some.Record(Some.Serial(), Now), Some.Record(Some.Serial(), Now));

        Assert.Equal("3; 2 by its own count", Render<GatewaysPage>().Find("[data-label='Loggers heard']").TextContent.Trim());
        Assert.Contains(
            "3; 2 by its own count",
            Page().FindAll(".fact").Single(f => f.TextContent.StartsWith("Loggers heard", StringComparison.Ordinal)).TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_LoggerThatIsRetired_IsCountedWithThoseListed()
    {
        await BeatAsync(Serial);
        await MeasureAsync(Some.Record(Some.Serial(), Now), Some.Record(Some.Serial(), Now));
        await Portal.Get<Retirement>().RetireAsync(Actor.Command, [new Seen(2, 0)], "broken");

        var page = Page();

        Assert.Equal("Loggers heard through it 2", page.Find(".heard h2").TextContent);
        Assert.Single(page.FindAll(".heard li"));
        Assert.Contains("1 more is not listed", page.Find(".heard").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_LoggerHeardByOneGatewayOnly_IsTold()
    {
        var (shared, alone) = (Some.Serial(), Some.Serial());
        await BeatAsync(Serial);
        await MeasureAsync(Some.Record(shared, Now), Some.Record(alone, Now));
        using var other = await OtherAsync();
        await other.BeatAsync(Some.Heartbeat("282C00000002"));
        await other.MeasureAsync(Some.Body(Some.Record(shared, Now)));

        var heard = Page().FindAll(".heard li").ToDictionary(
            l => l.QuerySelector(".name")!.TextContent, l => l.QuerySelector(".also")!.TextContent);

        Assert.Equal("also heard by 282C00000002", heard[shared]);
        Assert.Equal("heard by this gateway only", heard[alone]);
        Assert.Contains("1 of them is heard by this gateway only", Page().Find(".heard > p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OnlyGateway_SaysNothingOfOthers()
    {
        await BeatAsync(Serial);
        await MeasureAsync(Some.Record(Some.Serial(), Now));

        Assert.Empty(Page().FindAll(".also, .heard > p"));
    }

    [Fact]
    public async Task Page_OffForHoursAndRestarted_TellsBothNewestFirst()
    {
        for (var i = 0; i < 4; i++)
        {
            await BeatAsync(Serial, uptimeSeconds: 900 * i);
            Time.Advance(TimeSpan.FromMinutes(15));
        }

        Time.Advance(TimeSpan.FromHours(5) - TimeSpan.FromMinutes(15));
        await BeatAsync(Serial, uptimeSeconds: 10);

        var page = Page();

        Assert.Equal(["Restarted", "not heard from  to , 5 h"], page.FindAll(".events li").Select(l => l.TextContent.Trim()));
        Assert.Contains(
            "not heard 1 time, 5 h at the longest; 1 restart", page.Find(".history .summary").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "24 h")]
    [InlineData("7d", "7 d")]
    [InlineData("1y", "24 h")]
    public async Task Page_Range_IsTheOneAskedFor(string? range, string expected)
    {
        await BeatAsync(Serial);
        Services.GetRequiredService<NavigationManager>().NavigateTo(range is null ? "gateways/1" : $"gateways/1?range={range}");

        Assert.Equal(expected, Page().Find(".ranges a[aria-current]").TextContent);
    }

    [Fact]
    public async Task Page_Note_IsShown()
    {
        await BeatAsync(Serial);
        await Portal.Get<GatewayNaming>().RenameAsync(SiteScope.Everything, Actor.Command, new Seen(1, 0), "Cellar", "Ask the caretaker");

        var page = Page();

        Assert.Equal("Cellar", page.Find("h1").TextContent);
        Assert.Contains("Ask the caretaker", page.Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_RetiredGateway_SaysSoUntilItIsHeardAgain()
    {
        await BeatAsync(Serial);
        await RetireAsync();
        var page = Page();
        Assert.StartsWith("Retired since", page.Find(".retired").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("button"), b => b.TextContent.Trim() == "Bring back");

        await BeatAsync(Serial);

        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), b => b.TextContent.Trim() == "Retire…"));
        Assert.Empty(page.FindAll(".retired"));
    }

    [Fact]
    public async Task Page_WhoDoesNotAdminister_RetiresNothing()
    {
        await BeatAsync(Serial);
        Person.SetPolicies(Policies.View, Policies.Operate);

        Assert.DoesNotContain(Page().FindAll("button"), b => b.TextContent.Trim() == "Retire…");
    }

    [Fact]
    public async Task Page_WhoOnlyLooks_NamesNothing()
    {
        await BeatAsync(Serial);
        Assert.Contains(Page().FindAll("button"), b => b.TextContent.Trim() == "Name and note");
        Person.SetPolicies(Policies.View);

        Assert.DoesNotContain(Page().FindAll("button"), b => b.TextContent.Trim() == "Name and note");
    }

    [Fact]
    public async Task Page_Measurements_AddALine()
    {
        await BeatAsync(Serial);
        var page = Page();

        await MeasureAsync(Some.Record(Some.Serial(), Now));

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".ledger tbody tr").Count));
    }

    [Fact]
    public async Task Page_NothingArrives_AsksNothingForHours()
    {
        await BeatAsync(Serial);
        Page();
        var before = Queries.Count;

        Time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public void Page_NoSuchGateway_IsSaid() => Assert.Equal("There is no such gateway", Page().Find("h2").TextContent);

    [Fact]
    public async Task Page_SameMessageAgainAndAgain_IsOneLineAndALoop()
    {
        await BeatAsync(Serial);
        var body = Some.Body(Some.Record(Some.Serial(), Now));
        for (var i = 0; i < 5; i++)
        {
            await Portal.Client.MeasureAsync(body);
        }

        var page = Page();

        Assert.Equal(3, page.FindAll(".ledger tbody tr").Count);
        Assert.Contains("4 times since", page.Find(".ledger tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("Sent the same message 4 times", page.Find(".remark").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StuckAgainAndAgain_SaysSinceWhen()
    {
        await BeatAsync(Serial);
        for (var i = 0; i < 4; i++)
        {
            await Portal.Client.MeasureAsync(new string(' ', 20_000));
        }

        Assert.Contains(
            Page().FindAll(".remark"), r =>
                r.TextContent.Contains("Sent the same message 4 times", StringComparison.Ordinal)
                    && r.TextContent.Contains("each answered 413", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_RefusedSinceItsLastMessage_SaysHowOftenAndWhy()
    {
        await BeatAsync(Serial);
        using var wrong = new PortalClient(Portal.Address, "a wrong token");
        Time.Advance(TimeSpan.FromMinutes(1));
        await wrong.BeatAsync("{}");
        await wrong.BeatAsync("{}");
        await Portal.Hosted<Portal.Ingest.PeriodicWriter>().FlushAsync(default);

        var remark = Page().Find(".remark.alarm").TextContent;

        Assert.Matches(@"Sent 2 times\s+since\s+, each answered 401: wrong token", remark);
        await BeatAsync(Serial);
        Assert.Empty(Page().FindAll(".remark.alarm"));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n", "/api/v4/measurements", "each answered 400: not a whole, valid HTTP message")]
    [InlineData("Content-Length: 2\r\n\r\n[]", "//api/v4/measurements", "each answered 404: wrong path //api/v4/measurements")]
    public async Task Page_MessagesRefusedForTheirForm_SaysSo(string rest, string path, string said)
    {
        await BeatAsync(Serial);
        Time.Advance(TimeSpan.FromMinutes(1));
        using var connection = await RawConnection.OpenAsync(Portal.Address);

        await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: portal\r\nX-Api-Token: {PortalUnderTest.GatewayToken}\r\n{rest}");
        await connection.ReadReplyAsync();

        Assert.Contains(said, Page().Find(".remark.alarm").TextContent);
    }

    [Fact]
    public async Task Page_MessagesThatCameTooSlowly_SaysSo()
    {
        await BeatAsync(Serial);
        Time.Advance(TimeSpan.FromMinutes(1));

        Portal.Get<RefusalCounter>().Count(
            System.Net.IPAddress.Loopback, new TokenCheck(TokenVerdict.TooSlow, Path: GatewayPaths.Measurements));

        Assert.Contains("each answered 408: too slow", Page().Find(".remark.alarm").TextContent);
    }

    [Fact]
    public async Task Page_SomethingInQuarantine_LeadsThere()
    {
        await BeatAsync(Serial);
        await Portal.Client.MeasureAsync("rubbish");

        Assert.Equal("admin/quarantine?gateway=1", Page().Find(".remark a").GetAttribute("href"));
        Person.SetPolicies(Policies.View);
        Assert.Empty(Page().FindAll(".remark a"));
    }

    [Fact]
    public async Task Page_MessagesAsSent_CanBeDownloadedByWhoMayInspect()
    {
        await BeatAsync(Serial);

        var bodies = Page().Find(".bodies");

        Assert.Contains("They are anonymised", bodies.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            BodyDownloads.BodiesRoute.Replace("{id:int}", "1", StringComparison.Ordinal),
            bodies.QuerySelector("a[download]")!.GetAttribute("href"));
        Person.SetPolicies(Policies.View);
        Assert.Empty(Page().FindAll(".bodies"));
    }

    [Fact]
    public async Task Page_ManyMessages_ArePaged()
    {
        for (var i = 0; i < 60; i++)
        {
            await MeasureAsync(Some.Record("282C00000009", Now.AddMinutes(-i)));
        }

        var older = Page().Find(".ledger nav a").GetAttribute("href")!;
        Services.GetRequiredService<NavigationManager>().NavigateTo(older);
        var page = Page();

        Assert.Equal(10, page.FindAll(".ledger tbody tr").Count);
        Assert.Equal("gateways/1", page.Find(".ledger nav a").GetAttribute("href"));
    }

    /// <summary>Sends with a token of another gateway.</summary>
    private async Task<PortalClient> OtherAsync()
    {
        var issued = await Portal.Get<TokenIssuer>().IssueGatewayTokenAsync(Actor.Command, new GatewayTokenDraft { Name = "other" });
        return new PortalClient(Portal.Address, issued.Issued!.Text!);
    }

    private Task RetireAsync() =>
        Portal.Get<GatewayRetirement>().RetireAsync(SiteScope.Everything, Actor.Command, new Seen(1, 0), "replaced");

    private IRenderedComponent<GatewayPage> Page() => Render<GatewayPage>(p => p.Add(g => g.Id, 1));
}
