using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class OverviewPageTests : PortalPageContext
{
    private readonly string _serial = Some.Serial();

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
    public async Task Portal_FirstHeartbeat_SaysThatMeasurementsAreAwaited()
    {
        var page = Render<OverviewPage>();

        await BeatAsync("282C00000001");

        page.WaitForAssertion(() => Assert.Equal("A gateway is connected", page.Find("h1").TextContent));
        Assert.Contains("282C00000001", page.Find("section.waiting").TextContent);
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

        await MeasureAsync(Some.Record(_serial, Now.AddSeconds(1), 4.6));

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

    private static IEnumerable<string> Figures(IRenderedComponent<OverviewPage> page) => page.FindAll(".figure b").Select(b => b.TextContent);

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
