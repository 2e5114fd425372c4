using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class LivePageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _serial = Some.Serial();
    private readonly DateTimeOffset _now = Some.Now();
    private PortalUnderTest _portal = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        _browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await _portal.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 3600));
        await MeasureAsync(Enumerable.Range(1, 9).Select(i => Some.Record(_serial, _now.AddMinutes(-3 * i), 4 + (0.1 * i))));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Tile_Measurement_ChangesWithoutReload()
    {
        await _browser.GoAsync("");
        await _browser.TextAsync(".figure b", "4.1");
        await MarkAsync();

        await MeasureAsync(Some.Record(_serial, _now, 7.3));

        await _browser.TextAsync(".figure b", "7.3");
        Assert.True(await IsMarkedAsync());
    }

    [Fact]
    public async Task Chart_Measurement_GainsThePoint()
    {
        await _browser.GoAsync($"loggers/{_serial}");
        await _browser.PointsAsync(9);
        await MarkAsync();

        await MeasureAsync(Some.Record(_serial, _now, 7.3));

        await _browser.PointsAsync(10);
        await _browser.TextAsync("tbody tr .figure b", "7.3");
        Assert.True(await IsMarkedAsync());
    }

    [Fact]
    public async Task Gateways_Heartbeat_ChangesThePage()
    {
        await _browser.GoAsync("gateways");
        await MarkAsync();

        await _portal.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 7200));

        await _browser.Page.GetByText("2 h", new() { Exact = true }).WaitForAsync();
        Assert.True(await IsMarkedAsync());
    }

    [Fact]
    public async Task Overview_FirstMeasurementOfALogger_BringsItsTile()
    {
        await _browser.GoAsync("");
        var second = Some.Serial();

        await MeasureAsync(Some.Record(second, _now, 21.5));

        await _browser.Page.Locator($"a[href='loggers/{second}']").WaitForAsync();
        await _browser.TextAsync("portal-status [data-group=onTime]", "2 on time");
    }

    [Fact]
    public async Task Page_TakesOverFromPrerendering_WithoutBlinking()
    {
        await _browser.Page.AddInitScriptAsync(
            """
            new MutationObserver(() => {
              const shown = document.querySelectorAll('.chart-sheet h2, .fact').length;
              window.least = Math.min(window.least ?? (shown || undefined) ?? 1e9, window.seen ? shown : 1e9);
              window.seen ||= shown > 9;
            }).observe(document, { childList: true, subtree: true });
            """);

        await _browser.GoAsync($"loggers/{_serial}");
        await _browser.PointsAsync(9);

        Assert.True(
            await _browser.Page.EvaluateAsync<bool>(
                "window.seen && window.least === document.querySelectorAll('.chart-sheet h2, .fact').length"));
    }

    private async Task MeasureAsync(params IEnumerable<string> records) =>
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);

    private Task MarkAsync() => _browser.Page.EvaluateAsync("window.isTheSame = true");

    private Task<bool> IsMarkedAsync() => _browser.Page.EvaluateAsync<bool>("window.isTheSame === true");
}
