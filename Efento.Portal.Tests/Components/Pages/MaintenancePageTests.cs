using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Maintenance;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Maintenance;
using Microsoft.Data.Sqlite;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class MaintenancePageTests : PortalPageContext
{
    private static readonly Actor Bert = new(ActorKind.Person, "bert@portal.test");
    private BunitAuthorizationContext _authorization = null!;

    /// <inheritdoc/>
    protected override void Arrange()
    {
        _authorization = Person.SetAuthorized("anna@portal.test").SetPolicies(Policies.Inspect, Policies.Administer);
        Person.SetClaims(new Claim(ClaimTypes.Name, "anna@portal.test"), new Claim(ClaimTypes.NameIdentifier, "1"));
    }

    [Fact]
    public async Task TurnOn_ReasonAndMinutes_IsOnInHerName()
    {
        var page = Render<MaintenancePage>();
        await page.ChangeAsync("#now-reason", "New disk");
        await page.ChangeAsync("#now-minutes", "45");

        await page.ClickAsync(".turn-on");

        Assert.Equal(
            ("New disk", "anna@portal.test", Time.GetUtcNow().AddMinutes(45)),
            (Mode.Current?.Reason, Mode.Current?.CreatedBy, Mode.Current?.UntilUtc));
        page.WaitForAssertion(() => Assert.Contains("Maintenance is on", page.Markup));
    }

    [Fact]
    public async Task TurnOn_WithoutReason_SaysWhy()
    {
        var page = Render<MaintenancePage>();

        await page.ClickAsync(".turn-on");

        Assert.Null(Mode.Current);
        Assert.Contains("Say why", page.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task TurnOn_RoleTakenMeanwhile_IsRefusedVisibly()
    {
        var page = Render<MaintenancePage>();
        await page.ChangeAsync("#now-reason", "New disk");
        _authorization.SetPolicies(Policies.Inspect);

        await page.ClickAsync(".turn-on");

        Assert.Null(Mode.Current);
        page.WaitForAssertion(() => Assert.Contains("Your role does not allow this", page.Find("[role=alert]").TextContent));
    }

    [Fact]
    public async Task TurnOn_DatabaseBroken_SaysSo()
    {
        Portal.Database.Execute("CREATE TRIGGER broken BEFORE INSERT ON audit_entry BEGIN SELECT raise(ABORT, 'broken'); END");
        var page = Render<MaintenancePage>();
        await page.ChangeAsync("#now-reason", "New disk");

        await page.ClickAsync(".turn-on");

        Assert.Contains("Nothing was changed", page.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task Auditor_SeesAndHasNoButtons()
    {
        _authorization.SetPolicies(Policies.Inspect);
        await Mode.StartAsync(Bert, TimeSpan.FromHours(1), "New disk");

        var page = Render<MaintenancePage>();

        Assert.Contains("New disk", page.Markup);
        Assert.Empty(page.FindAll("button"));
        Assert.Empty(page.FindAll("input"));
    }

    [Fact]
    public async Task End_WhileOn_IsOff()
    {
        await Mode.StartAsync(Bert, TimeSpan.FromHours(1), "New disk");
        var page = Render<MaintenancePage>();
        Time.Advance(TimeSpan.FromMinutes(1));

        await page.ClickAsync(".end-now");

        Assert.Null(Mode.Current);
        page.WaitForAssertion(() => Assert.Contains("ended by anna@portal.test", page.Markup));
    }

    [Fact]
    public async Task Change_BySomebodyElseMeanwhile_IsTold()
    {
        var window = (await Mode.StartAsync(Bert, TimeSpan.FromHours(1), "New disk")).Window!;
        var page = Render<MaintenancePage>();
        await page.ClickAsync(".change");
        await page.ChangeAsync("#now-reason", "Mine");
        await Mode.ChangeAsync(Bert, window, window.FromUtc, window.UntilUtc.AddHours(1), "Two disks");

        await page.ClickAsync(".save");

        Assert.Equal("Two disks", Mode.Current?.Reason);
        page.WaitForAssertion(() => Assert.Contains("Changed meanwhile by somebody else", page.Find("[role=alert]").TextContent));
    }

    [Fact]
    public async Task Plan_InTheZoneOfTheBrowser_IsKeptInUtc()
    {
        Warsaw();
        var page = Render<MaintenancePage>();
        var day = Now.AddYears(1).ToString("yyyy") + "-07-15";

        await PlanAsync(page, $"{day}T22:00", $"{day}T23:30");

        var window = Assert.Single(Mode.Planned);
        Assert.Equal(($"{day} 20:00", $"{day} 21:30"), ($"{window.FromUtc:yyyy-MM-dd HH:mm}", $"{window.UntilUtc:yyyy-MM-dd HH:mm}"));
        Assert.Contains("Europe/Warsaw", page.Markup);
    }

    [Fact]
    public async Task Plan_TimeSkippedInSpring_IsTold()
    {
        Warsaw();
        var page = Render<MaintenancePage>();

        await PlanAsync(page, "2027-03-28T02:30", "2027-03-28T04:00");

        Assert.Empty(Mode.Planned);
        Assert.Contains("02:30 does not exist on 28 March 2027", page.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task Plan_TimeThatComesTwiceInAutumn_AsksWhich()
    {
        Warsaw();
        var page = Render<MaintenancePage>();

        await PlanAsync(page, "2027-10-31T02:30", "2027-10-31T03:00");
        Assert.Empty(Mode.Planned);
        Assert.Contains("comes twice", page.Find("[role=alert]").TextContent);

        await page.ChangeAsync("[name=plan-from-which]", true, 1);
        await page.ClickAsync(".plan");
        Assert.Equal(new DateTimeOffset(2027, 10, 31, 1, 30, 0, TimeSpan.Zero), Assert.Single(Mode.Planned).FromUtc);
    }

    [Fact]
    public async Task Planned_Cancelled_AsksFirst()
    {
        await Mode.PlanAsync(Bert, Now.AddHours(5), Now.AddHours(6), "New disk");
        var dialogs = Render<MudDialogProvider>();
        var page = Render<MaintenancePage>();

        var click = page.ClickAsync(".cancel");
        dialogs.WaitForElement(".mud-message-box");
        Assert.Single(Mode.Planned);
        await dialogs.ClickAsync(p => p.FindAll(".mud-message-box button").Single(b => b.TextContent.Contains("Cancel the maintenance")));
        await click;

        Assert.Empty(Mode.Planned);
        page.WaitForAssertion(() => Assert.Contains("cancelled by anna@portal.test", page.Markup));
    }

    [Fact]
    public async Task Past_GatewayMissing_IsNamedWithItsLastWords()
    {
        await BeatAsync("282C00000001");
        await BeatAsync("282C00000002");
        Time.Advance(TimeSpan.FromMinutes(1));
        await Mode.StartAsync(Bert, TimeSpan.FromMinutes(30), "New disk");
        Time.Advance(TimeSpan.FromMinutes(31));
        var page = Render<MaintenancePage>();
        Assert.Contains("0 of 2 gateways came back;", Words(page));

        await BeatAsync("282C00000001");
        page.WaitForAssertion(() => Assert.Contains("1 of 2 gateways came back; the others are expected by", Words(page)));
        Time.Advance(TimeSpan.FromMinutes(20));

        page.WaitForAssertion(() => Assert.Contains("1 of 2 gateways came back. 282C00000002 is missing: last heard", Words(page)));
        Assert.Contains("said: Mains, battery full, battery 100 %", Words(page));
    }

    [Fact]
    public async Task Fault_OfTheDisk_IsKeptApartFromMaintenance()
    {
        var page = Render<MaintenancePage>();
        Assert.Empty(page.FindAll(".faults"));

        Portal.Get<StoreHealth>().ReportFault(StoreFault.Of(new SqliteException("full", 13))!);
        Time.Advance(TimeSpan.FromSeconds(5));

        page.WaitForAssertion(() => Assert.Contains("The disk is full", page.Find(".faults").TextContent));
        Assert.Contains("Maintenance is off", page.Markup);
        Portal.Get<StoreHealth>().ReportSuccess();
        Time.Advance(TimeSpan.FromSeconds(5));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".faults")));
    }

    private MaintenanceMode Mode => Portal.Get<MaintenanceMode>();

    /// <summary>The browser is in Warsaw and the site is not.</summary>
    private void Warsaw()
    {
        Portal.Database.Execute("UPDATE site SET time_zone = 'America/New_York'");
        JSInterop.SetupModule("./assets/chart.js").Setup<string>("zone").SetResult("Europe/Warsaw");
    }

    private static async Task PlanAsync(IRenderedComponent<MaintenancePage> page, string from, string until)
    {
        await page.ChangeAsync("#plan-from", from);
        await page.ChangeAsync("#plan-until", until);
        await page.ChangeAsync("#plan-reason", "New disk");
        await page.ClickAsync(".plan");
    }

    private static string Words(IRenderedComponent<MaintenancePage> page) =>
        string.Join(' ', page.Find(".past").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
