using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>What is on paper: the content, and nothing that is only for the screen.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class PrintTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        var now = Some.Now();
        var records = Enumerable.Range(0, 20).Select(i => Some.Record(_serial, now.AddMinutes(-3 * i), 4 + (i % 3)));
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);
        _browser = await PageInBrowser.OpenAsync(chromium, _portal.Address, theme: ColorScheme.Dark);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Point_Printed_IsDarkOnWhiteWithItsChartFiguresAndTimes()
    {
        await _browser.GoAsync($"loggers/{_serial}");
        await _browser.PointsAsync(20);
        await _browser.Page.Locator(".statistics .when portal-time").First.WaitForAsync();

        await _browser.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await _browser.UntilAsync("getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'");
        Assert.Equal("rgb(0, 0, 0)", await _browser.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).color"));
        Assert.Empty(await MissingAsync("h1", ".chart", ".statistics .mean", ".statistics .when", ".readings tbody td"));
        Assert.Equal(
            ["header.bar", ".ranges", ".save", ".pager", ".add", ".download"],
            await MissingAsync("header.bar", ".ranges", ".save", ".pager", ".add", ".download"));
    }

    [Fact]
    public async Task Names_Printed_AreAllDarkOnWhiteWithoutTheBarOfChanges()
    {
        await _browser.GoAsync("admin/loggers/names");
        await _browser.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal([".bulk", ".choose-file"], await MissingAsync("td input", "td select", ".bulk", ".choose-file"));
        Assert.Equal(
            "rgb(0, 0, 0)", await _browser.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('td.main a')).color"));
    }

    [Fact]
    public async Task Audit_Printed_HasItsEntriesAndNoTabs()
    {
        await _browser.GoAsync("admin/audit");
        await _browser.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal(["portal-tabs"], await MissingAsync(".trail tbody tr", "portal-tabs"));
    }

    /// <summary>Those of the elements that are not seen.</summary>
    private async Task<IReadOnlyList<string>> MissingAsync(params string[] selectors)
    {
        List<string> missing = [];
        foreach (var selector in selectors)
        {
            if (!await _browser.Page.Locator(selector).First.IsVisibleAsync())
            {
                missing.Add(selector);
            }
        }

        return missing;
    }
}
