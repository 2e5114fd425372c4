using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class OverviewPageTests : PortalPageContext
{
    private readonly string _serial = Some.Serial();

    [Proves(ScreenRule.NothingIsADeadEnd)]
    [Fact]
    public void Portal_Empty_SaysWhatToTypeIntoTheGateway()
    {
        var page = Render<OverviewPage>();

        Assert.Equal("Connect your first gateway", page.Find("h1").TextContent);
        Assert.Equal(
            ["dotnet run --project Efento.Portal -- tokens add --name \"Gateway 1\"", "192.0.2.17", "80", "/api/v4/measurements", "/api/v4/gateways/heartbeat"],
            page.FindAll("portal-copy").Select(c => c.GetAttribute("text")));
        Assert.Contains("Waiting for the first message", page.Markup);
    }

    [Fact]
    public async Task Portal_EmptyToAnAdministrator_MakesTheTokenInPlace()
    {
        var page = Render<OverviewPage>();

        await page.InputAsync(".make input", "Ward 2");
        await page.ClickAsync(".make button");

        var token = page.FindAll("portal-copy").Select(c => c.GetAttribute("text")!).Single(text => Guid.TryParse(text, out _));
        Assert.Equal("The token of Ward 2 is ready: see step 2.", page.Find(".done").TextContent);
        using var gateway = new PortalClient(Portal.Address, token);
        Assert.Equal(201, (await gateway.BeatAsync(Some.Heartbeat("282C00000001"))).Status);
    }

    [Fact]
    public void Portal_EmptyToAViewer_SaysWhoToAsk()
    {
        Person.SetPolicies(Policies.View);

        var page = Render<OverviewPage>();

        Assert.Equal([PortalUnderTest.AdminEmail], page.FindAll(".people li").Select(li => li.TextContent));
        Assert.Empty(page.FindAll(".make"));
    }

    [Fact]
    public async Task Portal_FirstHeartbeat_SaysThatMeasurementsAreAwaited()
    {
        var page = Render<OverviewPage>();

        await BeatAsync("282C00000001");

        page.WaitForAssertion(() => Assert.Equal("A gateway is connected", page.Find("h1").TextContent));
        Assert.Contains("282C00000001", page.Find("section.waiting").TextContent);
    }

    [Fact]
    public async Task NextStep_FirstLoggers_LeadsToTheirNamesAndGoesWhenItIsDone()
    {
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(Some.Serial(), Now));
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Equal("Next step: name 2 loggers", page.Find(".step h2").TextContent));
        Assert.Equal("admin/loggers/names", page.Find(".step a").GetAttribute("href"));

        Assert.Empty(await Portal.Get<PointNaming>().NameAsync(
            SiteScope.Everything, Actor.Command,
            [.. ((int[])[1, 2]).Select(id => new PointChange(new Seen(id, 0), new PointLabel($"Fridge {id}", null, null)))]));

        await UntilShownAsync(() => page.FindAll(".step").Count == 0);
    }

    [Theory]
    [InlineData(Policies.View)]
    [InlineData(Policies.View, Policies.Operate)]
    [InlineData(Policies.View, Policies.Inspect)]
    public async Task NextStep_OfOthers_IsNotShown(params string[] policies)
    {
        await MeasureAsync(Some.Record(_serial, Now));
        Person.SetPolicies(policies);

        var page = Render<OverviewPage>();

        page.WaitForElement(".logger-tile");
        Assert.Empty(page.FindAll(".step"));
    }

    [Fact]
    public async Task Portal_FirstMeasurement_ShowsItsTile()
    {
        var page = Render<OverviewPage>();

        await MeasureAsync(Some.Record(_serial, Now, 4.5));

        page.WaitForAssertion(() => Assert.Equal(["4.5"], Figures(page)));
    }

    [Fact]
    public async Task Portal_WrongTokenKnocks_SaysWho()
    {
        var page = Render<OverviewPage>();

        using var stranger = new PortalClient(Portal.Address, "wrong");
        Assert.Equal(401, (await stranger.BeatAsync("{}")).Status);

        page.WaitForAssertion(() => Assert.Contains("127.0.0.1 sends a token that was not issued here", page.Find(".refused").TextContent));
    }

    [Fact]
    public async Task Tile_NewMeasurement_ChangesByItself()
    {
        await MeasureAsync(Some.Record(_serial, Now, 4.5));
        var page = Render<OverviewPage>();

        await MeasureAsync(Some.Record(_serial, Now.AddSeconds(1), 4.6));

        page.WaitForAssertion(() => Assert.Equal(["4.6"], Figures(page)));
    }

    [Fact]
    public async Task Page_NothingArrives_AsksNothingForHours()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        Render<OverviewPage>();
        var before = Queries.Count;

        Time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task Tiles_OneGetsLate_MovesUpWithoutAQuestion()
    {
        var (first, second) = (Some.Serial(), Some.Serial());
        await MeasureAsync(Some.Record(second, Now), Some.Record(first, Now.AddMinutes(2)));
        var page = Render<OverviewPage>();
        var before = Queries.Count;
        Assert.Equal([first, second], Names(page));

        Time.Advance(TimeSpan.FromMinutes(5));

        page.WaitForAssertion(() => Assert.Equal([second, first], Names(page)));
        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task Page_BrowserAway_AsksNothingUntilItReturns()
    {
        await MeasureAsync(Some.Record(_serial, Now, 4.5));
        var page = Render<OverviewPage>();
        await Browser.OnConnectionDownAsync(null!, default);
        var before = Queries.Count;

        await MeasureAsync(Some.Record(_serial, Now.AddSeconds(1), 4.6));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(Queries.After(before));

        await page.InvokeAsync(() => Browser.OnConnectionUpAsync(null!, default));
        Assert.Equal(["4.6"], Figures(page));
    }

    [Fact]
    public async Task Page_DatabaseFails_SaysSoInsteadOfOldValues()
    {
        await MeasureAsync(Some.Record(_serial, Now, 4.5));
        var page = Render<ErrorBoundary>(p => p.AddChildContent<OverviewPage>().Add(b => b.ErrorContent, _ => "failed"));
        Assert.NotEmpty(page.FindAll(".logger-tile"));
        Portal.Database.Execute("ALTER TABLE measuring_point RENAME TO gone");

        Portal.Get<LoggerRoster>().Changed();

        page.WaitForAssertion(() => Assert.Equal("failed", page.Markup));
    }

    [Fact]
    public async Task Page_Disposed_AsksNothing()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        Render<OverviewPage>();
        await DisposeComponentsAsync();
        var before = Queries.Count;

        await MeasureAsync(Some.Record(_serial, Now.AddSeconds(1)));

        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task Page_Prerendered_HasItsTilesAndFollowsNothing()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Render<OverviewPage>();
        var before = Queries.Count;

        await MeasureAsync(Some.Record(_serial, Now.AddSeconds(1)));

        Assert.Equal([_serial], Names(page));
        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task Logger_NotSynchronised_IsNamedSoAndNotAwaited()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        Portal.Get<Efento.Portal.Devices.LoggerDirectory>().All.Single().Synchronise = false;

        var page = Render<OverviewPage>();

        Assert.Equal("unsynchronised", page.Find("portal-freshness").GetAttribute("state"));
        Assert.Empty(page.FindAll("portal-age[mode=due]"));
    }

    [Fact]
    public async Task Logger_ClockAhead_IsNamedSo()
    {
        await MeasureAsync(Some.Record(_serial, Now.AddMinutes(30)));

        var page = Render<OverviewPage>();

        Assert.Equal("ahead", page.Find("portal-freshness").GetAttribute("state"));
        Assert.Equal("its time has not come", page.Find(".remark").TextContent);
    }

    [Fact]
    public async Task Logger_LateSinceTheMaintenance_IsNamedSo()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Render<OverviewPage>();

        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "test");

        page.WaitForAssertion(() => Assert.True(page.Find("portal-freshness").HasAttribute("maintenance")));
    }

    [Fact]
    public async Task Logger_SilentBeforeTheMaintenance_StaysSilent()
    {
        await MeasureAsync(Some.Record(_serial, Now.AddHours(-1)));
        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "test");

        Assert.False(Render<OverviewPage>().Find("portal-freshness").HasAttribute("maintenance"));
    }

    [Fact]
    public async Task Value_ErrorCode_IsNoNumber()
    {
        await MeasureAsync(Some.Record(_serial, Now, 8_388_557));

        var page = Render<OverviewPage>();

        Assert.Equal(["–"], Figures(page));
        Assert.Equal("sensor error", page.Find(".remark").TextContent);
    }

    [Fact]
    public async Task Address_StateAndSearch_ShowThoseAlone()
    {
        var (first, second) = (Some.Serial(), Some.Serial());
        await MeasureAsync(Some.Record(first, Now), Some.Record(second, Now.AddHours(-1)));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/?state=silent");
        var page = Render<OverviewPage>();
        Assert.Equal([second], Names(page));

        Services.GetRequiredService<NavigationManager>().NavigateTo($"/?q={first}");

        page.WaitForAssertion(() => Assert.Equal([first], Names(page)));
    }

    [Fact]
    public async Task Filter_Chosen_StandsInTheAddress()
    {
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(Some.Serial(), Now.AddHours(-1)));
        var page = Render<OverviewPage>();

        await page.ClickAsync("button[data-filter=ontime]");

        Assert.EndsWith("/?state=ontime", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal([_serial], Names(page)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Filter_WithoutLimits_LinksThoseToTheRulesWhoMayChangeThem(bool mayAdminister)
    {
        await Portal.RuleAsync(AlarmBench.Fridge());
        await MeasureAsync(Some.Record(_serial, Now, 5), Some.Record(Some.Serial(), Now, null, Some.Param(40, type: "humidity")));
        if (!mayAdminister)
        {
            Person.SetPolicies(Policies.View);
        }

        Services.GetRequiredService<NavigationManager>().NavigateTo("/?state=nolimits");
        var page = Render<OverviewPage>();

        page.WaitForAssertion(() => Assert.Single(Names(page)));
        Assert.DoesNotContain(_serial, Names(page));
        Assert.Equal(mayAdminister ? ["admin/rules"] : [], page.FindAll(".top p a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Tile_WithReadings_DrawsItsLastDay()
    {
        await MeasureAsync(Enumerable.Range(0, 30).Select(i => Some.Record(_serial, Now.AddMinutes(-3 * i), 4 + (i / 30.0))));
        await Portal.Get<RollupJob>().RollUpAsync();

        Assert.StartsWith(
            "Last 24 hours: from 4.0 to 4.9", Render<OverviewPage>().Find("svg.spark").GetAttribute("aria-label"),
            StringComparison.Ordinal);
    }

    private static IEnumerable<string> Figures(IRenderedComponent<OverviewPage> page) =>
        page.FindAll(".figure b").Select(b => b.TextContent);

    private static IEnumerable<string> Names(IRenderedComponent<OverviewPage> page) => page.FindAll("h3").Select(h => h.TextContent);
}

public sealed class OverviewPageOfHeldLoggersTests : PortalPageContext
{
    protected override Dictionary<string, string> Settings => new() { ["Portal:Ingest:UnknownLoggers"] = "Hold" };

    [Fact]
    public async Task Loggers_Held_AreNotShownButSaid()
    {
        await MeasureAsync(Some.Record(Some.Serial(), Now), Some.Record(Some.Serial(), Now));

        var page = Render<OverviewPage>();

        Assert.Empty(page.FindAll(".logger-tile"));
        Assert.Contains("2 loggers wait for approval", page.Markup);
    }
}
