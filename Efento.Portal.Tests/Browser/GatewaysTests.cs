using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Gateways in every kind of trouble, as people see them.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class GatewaysTests(Chromium chromium, GatewaysTests.Site site) : IClassFixture<GatewaysTests.Site>
{
    [Proves(ScreenRule.HoldsWhenEverythingFails)]
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Trouble_InEveryLook_HasNoFaultAndFits(int width)
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address, width, isStill: true);
        List<string> faults = [];
        string[] paths = ["gateways", "gateways/1", "gateways/2", "gateways/3?range=7d", "gateways/4", "gateways/5?range=30d"];
        foreach (var path in paths)
        {
            await browser.GoAsync(path);
            await browser.UntilAsync("!document.querySelector('.chart .loading')");
            faults.AddRange(await Look.InBothThemesAsync(browser, $"trouble-{path}"));
        }

        Assert.Empty(browser.Faults);
        Assert.Equal([], faults);
    }

    [Fact]
    public async Task List_Trouble_ComesFirstInWords()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address);
        await browser.GoAsync("gateways");

        Assert.Equal(
            ["Offline", "Stuck", "Battery", "Restarted", "Well"],
            await browser.Page.Locator(".gateway-rows .main > a").AllTextContentsAsync());
        Assert.Equal(
            ["Offline", "Online", "Online", "Online", "Online"],
            await browser.Page.Locator(".gateway-rows portal-state").AllTextContentsAsync());
    }

    [Fact]
    public async Task History_OffForHours_IsAGapWithARestartMarked()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address);
        await browser.GoAsync("gateways/3?range=7d");

        await browser.UntilAsync("document.querySelectorAll('.history [data-gap=\"not heard\"]').length === 3");
        await browser.UntilAsync("document.querySelectorAll('.history [data-mark=restart]').length === 3");
        Assert.Contains(
            "not heard 1 time, 5 h 15 min at the longest; 1 restart",
            await browser.Page.Locator(".history .summary").TextContentAsync(),
            StringComparison.Ordinal);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Rename_OfAGateway_IsOnThePageAndInTheList()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Renamed.Address);
        await browser.GoAsync("gateways/1");

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Name and note" }).ClickAsync();
        await browser.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Cellar");
        await browser.Page.GetByLabel("Note", new() { Exact = true }).FillAsync("Behind the freezer");
        Assert.Empty(await browser.BarriersAsync());
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await browser.TextAsync("h1", "Cellar");
        await browser.UntilAsync("document.querySelector('.note').textContent.includes('Behind the freezer')");
        await browser.GoAsync("gateways");
        await browser.TextAsync(".gateway-rows .main > a", "Cellar");
        Assert.Empty(browser.Faults);
    }

    /// <summary>A portal with gateways in trouble, and one with a gateway nobody named.</summary>
    public sealed class Site : IAsyncLifetime
    {
        private TroubledGateways _scene = null!;

        /// <summary>The one in trouble.</summary>
        public PortalUnderTest Portal => _scene.Portal;

        /// <summary>The other one.</summary>
        public PortalUnderTest Renamed { get; private set; } = null!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            _scene = await TroubledGateways.StartAsync();
            Renamed = await PortalUnderTest.StartAsync();
            Assert.Equal(201, (await Renamed.Client.BeatAsync(Some.Heartbeat("282C00000001"))).Status);
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await _scene.DisposeAsync();
            await Renamed.DisposeAsync();
        }
    }
}
