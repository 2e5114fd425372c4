using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>An administrator takes the portal down for maintenance under the traffic of gateways, and up again.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class MaintenanceTests(Chromium chromium)
{
    [Fact]
    public async Task OnByThePage_GatewaysPauseAndEverybodyIsTold_OffTheyDrain()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await using var fleet = new GatewayFleet(measured: TimeSpan.FromHours(8), holdsAfter: 200);
        await using var admin = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await using var other = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await other.GoAsync("");
        await admin.GoAsync("admin/maintenance");

        await admin.Page.FillAsync("#now-reason", "New disk");
        fleet.Send(portal.Address);
        await fleet.UntilAcknowledgedAsync(20);
        await admin.Page.ClickAsync(".turn-on");
        await Until.TrueAsync(() => portal.Get<MaintenanceMode>().Current is not null);
        fleet.GoOn();
        await other.Page.WaitForSelectorAsync(".maintenance >> text=New disk");
        await Until.TrueAsync(() => fleet.Tally.Busy >= 2 * GatewayFleet.Count);
        var paused = fleet.Acknowledged;
        await Until.TrueAsync(() => fleet.Tally.Busy >= 4 * GatewayFleet.Count);
        Assert.Equal(paused, fleet.Acknowledged);

        await admin.Page.ClickAsync(".end-now");
        await admin.Page.WaitForSelectorAsync("text=Maintenance is off");
        await other.Page.WaitForSelectorAsync(".maintenance", new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await fleet.DrainAsync();

        Assert.Equal(fleet.Generated, fleet.Measurements.Count);
        Assert.Equal(fleet.Measurements.Sum(m => m.Channels.Count), portal.Database.Count("reading"));
        fleet.AssertNothingIsLost(portal.Database);
        Assert.Empty(admin.Faults);
        Assert.Empty(other.Faults);
    }
}
