using Efento.Portal.Demo;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>A visitor of the demo.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class DemoTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Visitor_OpensIt_SeesTheOverviewAndWhatItIs(int width, ColorScheme theme)
    {
        var clock = new DemoClock(TimeProvider.System, Some.Now().AddDays(-1));
        clock.TryMove(TimeSpan.FromDays(2));
        await using var portal = await PortalUnderTest.StartAsync(new() { Customise = builder => builder.AddDemo(clock) });
        await using var browser = await PageInBrowser.OpenUnknownAsync(chromium, portal.Address, width, theme);

        await browser.GoAsync("");

        Assert.Equal("/", new Uri(browser.Page.Url).AbsolutePath);
        Assert.Contains("everybody who opens this page is an administrator", await browser.Page.Locator(".demo").InnerTextAsync());
        Assert.True(await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        Assert.Empty(browser.Faults);
        Assert.Empty(await browser.BarriersAsync());
    }
}
