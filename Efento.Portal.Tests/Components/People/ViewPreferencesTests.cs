using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Layout;
using Efento.Portal.Components.Pages.Gateways;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.People;

public sealed class ViewPreferencesTests : PortalPageContext
{
    [Fact]
    public async Task Signal_FromSomewhere_IsSaidInThePagesLanguage()
    {
        await PreferAsync(before => before with { Language = "pl" });
        var banner = Render<MaintenanceBanner>();

        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "Nowy dysk");

        banner.WaitForAssertion(() => Assert.Contains("Powód: Nowy dysk", banner.Find(".maintenance").TextContent));
    }

    [Fact]
    public async Task Units_ChosenWhileAPageIsOpen_HoldAtOnce()
    {
        await MeasureAsync(Some.Record(Some.Serial(), Now, 21.9));
        var page = Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Equal(("21.9", "°C"), Shown(page)));

        await PreferAsync(before => before with { Temperature = TemperatureUnit.Fahrenheit });

        page.WaitForAssertion(() => Assert.Equal(("71.4", "°F"), Shown(page)));
    }

    [Fact]
    public async Task Preferences_OfSomebodyElse_AskNothingAgain()
    {
        Assert.Empty(
            await Portal.Get<UserAccounts>().AddAsync(Actor.Portal, "viewer@portal.test", PortalUnderTest.AdminPassword, Role.Viewer));
        var page = Render<GatewaysPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h2")));
        var before = page.RenderCount;

        await Portal.Get<OwnPreferences>().ChangeAsync(2, preferences => preferences with { Temperature = TemperatureUnit.Fahrenheit });

        Assert.Equal(before, page.RenderCount);
    }

    private Task PreferAsync(Func<Preferences, Preferences> change) => Portal.Get<OwnPreferences>().ChangeAsync(1, change);

    private static (string Value, string Unit) Shown(IRenderedComponent<OverviewPage> page) =>
        (page.Find(".figure b").TextContent, page.Find(".figure .unit").TextContent);
}
