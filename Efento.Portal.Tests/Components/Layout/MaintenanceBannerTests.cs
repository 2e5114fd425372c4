using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Layout;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Tests.Components.Layout;

public sealed class MaintenanceBannerTests : PortalPageContext
{
    [Fact]
    public void Maintenance_Off_ShowsNothing() => Assert.Empty(Render<MaintenanceBanner>().Markup.Trim());

    [Fact]
    public async Task Maintenance_Begins_IsSaidWithItsReason()
    {
        var banner = Render<MaintenanceBanner>();

        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "New disk");

        banner.WaitForAssertion(() => Assert.Contains("New disk", banner.Find(".maintenance").TextContent));
    }

    [Fact]
    public async Task Maintenance_Planned_IsSaidInTheHourBefore()
    {
        await Portal.Get<MaintenanceMode>().PlanAsync(Actor.Command, Now.AddHours(2), Now.AddHours(3), "New disk");
        var banner = Render<MaintenanceBanner>();
        Assert.Empty(banner.Markup.Trim());

        Time.Advance(TimeSpan.FromHours(1));
        banner.WaitForAssertion(() => Assert.Contains("Maintenance planned", banner.Find(".maintenance").TextContent));

        Time.Advance(TimeSpan.FromHours(1));
        banner.WaitForAssertion(() => Assert.Contains("Maintenance until", banner.Find(".maintenance").TextContent));
    }

    [Fact]
    public async Task Maintenance_ItsTimeIsOver_EndsByItself()
    {
        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "New disk");
        var banner = Render<MaintenanceBanner>();
        Assert.NotEmpty(banner.FindAll(".maintenance"));

        Time.Advance(TimeSpan.FromHours(1));

        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll(".maintenance")));
    }
}
