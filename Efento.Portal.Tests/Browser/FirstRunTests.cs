using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class FirstRunTests(Chromium chromium)
{
    [Fact]
    public async Task EmptyPortal_SetUpByLink_IsOpenToItsAdministratorAlone()
    {
        await using var portal = await PortalUnderTest.StartAsync(new PortalStart { IsSetUp = false });
        var line = portal.Log.Single(l => l.Contains("/setup?code=", StringComparison.Ordinal));
        var link = line[line.IndexOf("http", StringComparison.Ordinal)..];
        await using var browser = await PageInBrowser.OpenUnknownAsync(chromium, portal.Address);

        await browser.VisitAsync(portal.Address.ToString());
        await browser.TextAsync("h1", "Sign in");
        await browser.VisitAsync(link);
        await browser.Page.FillAsync("#site", "Hospital pharmacy");
        Assert.Equal("Europe/Warsaw", await browser.Page.InputValueAsync("#zone"));
        await browser.Page.FillAsync("#email", "first@portal.test");
        await browser.Page.FillAsync("#password", "green kettle on the roof");
        await browser.Page.FillAsync("#again", "green kettle on the roof");
        await browser.Page.ClickAsync("button[type=submit]");
        await browser.LiveAsync();
        await browser.TextAsync("h1", "Connect your first gateway");

        await using var stranger = await PageInBrowser.OpenUnknownAsync(chromium, portal.Address);
        await stranger.VisitAsync(link);
        Assert.Contains("has been set up already", await stranger.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await stranger.VisitAsync(portal.Address.ToString());
        await stranger.TextAsync("h1", "Sign in");
        Assert.Empty(browser.Faults);
    }
}
