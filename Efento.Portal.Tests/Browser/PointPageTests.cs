using System.Globalization;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class PointPageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _serial = Some.Serial();
    private readonly DateTimeOffset _now = Some.Now();
    private PortalUnderTest _portal = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        _browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Zoom_ByDragging_AsksForMoreDetail()
    {
        // A spike of one reading among 7,000: in the whole range a band, zoomed in the readings themselves.
        await MeasureAsync(7_000, i => i == 3_500 ? 30 : 4);
        await _browser.GoAsync("points/1?range=30d");
        await _browser.UntilAsync("document.querySelectorAll('.apexcharts-rangeArea-series path').length > 0");
        var box = (await _browser.Page.Locator(".chart").BoundingBoxAsync())!;

        await _browser.Page.Mouse.MoveAsync(box.X + (box.Width * 0.70f), box.Y + 100);
        await _browser.Page.Mouse.DownAsync();
        await _browser.Page.Mouse.MoveAsync(box.X + (box.Width * 0.73f), box.Y + 110, new() { Steps = 4 });
        await _browser.Page.Mouse.UpAsync();

        await _browser.UntilAsync(
            "location.search.includes('from=') && document.querySelectorAll('.apexcharts-rangeArea-series path').length === 0");
        Assert.InRange(await _browser.PointsAsync(), 200, 1_000);
        Assert.Empty(_browser.Faults);
    }

    [Proves(ScreenRule.ExtremesSurviveZoomingOut)]
    [Fact]
    public async Task Spike_OfOneReading_IsSeenInAYear()
    {
        await MeasureAsync(2_000, i => i == 1_000 ? 30 : 4);

        await _browser.GoAsync("points/1?range=1y");

        await _browser.UntilAsync("document.querySelector('.summary p')?.textContent.includes('and 30.0 °C')");
        await _browser.UntilAsync("document.querySelector('.apexcharts-rangeArea-series path') !== null");
        Assert.True(
            await _browser.Page.EvaluateAsync<double>(
                "document.querySelector('.apexcharts-rangeArea-series path').getBBox().height") > 150);
    }

    [Proves(ScreenRule.NoLineAcrossAGap)]
    [Fact]
    public async Task Gap_OfThreeDays_IsABandWithItsCauseThatBackfillCloses()
    {
        var readings = Enumerable.Range(0, 480 * 5).Where(i => i < 480 || i > 480 * 4).ToList();
        await SendAsync(readings, _ => 4);
        await _browser.GoAsync("points/1?range=7d");
        await _browser.UntilAsync("document.querySelectorAll('[data-gap]').length === 1");
        Assert.NotEqual("", await _browser.Page.Locator("[data-gap]").GetAttributeAsync("data-gap"));
        Assert.Contains("one gap of 3 d", await _browser.Page.Locator(".summary p").TextContentAsync(), StringComparison.Ordinal);

        await SendAsync([.. Enumerable.Range(480, (480 * 3) + 1)], _ => 4);

        await _browser.UntilAsync("document.querySelectorAll('[data-gap]').length === 0");
        await _browser.UntilAsync("document.querySelectorAll('[data-mark=late]').length === 1");
    }

    [Fact]
    public async Task Newest_AfterAGap_IsADotInChartAndTile()
    {
        await SendAsync([0, .. Enumerable.Range(11, 440)], i => i == 0 ? 48 : 5);

        await _browser.GoAsync("points/1?range=24h");
        await _browser.UntilAsync("document.querySelector('[data-dot=\"48\"]') !== null");
        Assert.True(await _browser.Page.EvaluateAsync<bool>(
            """
            (() => {
              const dot = document.querySelector('[data-dot="48"]').getBoundingClientRect();
              const chart = document.querySelector('.chart').getBoundingClientRect();
              return dot.left > chart.left && dot.right < chart.right && dot.top > chart.top;
            })()
            """));

        await _browser.GoAsync("");
        await _browser.UntilAsync("document.querySelectorAll('.spark .dot').length === 1");
    }

    [Theory]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "02:00", "23 h")]
    [InlineData("2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z", "", "25 h")]
    public async Task Night_TheClocksChange_HasItsHours(string from, string to, string missing, string length)
    {
        await MeasureAsync(2, _ => 4);

        await _browser.GoAsync($"points/1?from={from}&to={to}");

        await _browser.UntilAsync("document.querySelectorAll('.chart-backdrop text').length > 4");
        var labels = await _browser.Page.Locator(".chart-backdrop text").AllTextContentsAsync();
        Assert.Equal(
            length,
            (DateTimeOffset.Parse(to, CultureInfo.InvariantCulture) - DateTimeOffset.Parse(from, CultureInfo.InvariantCulture))
                .TotalHours + " h");
        Assert.DoesNotContain(missing.Length == 0 ? "24:00" : missing, labels);
        Assert.Contains("12:00", labels);
        Assert.Equal(labels.Distinct().Count(), labels.Count);
    }

    [Fact]
    public async Task Keyboard_FromTheOverview_ReachesThePointItsReadingsAndTheTable()
    {
        await MeasureAsync(20, i => i);
        await _browser.GoAsync("");

        await _browser.Page.Locator(".logger-tile a").PressAsync("Enter");
        await _browser.AddressAsync("**/points/1");
        await _browser.PointsAsync(20);
        await TabToAsync(".chart");
        await _browser.Page.Keyboard.PressAsync("ArrowLeft");
        await _browser.UntilAsync("document.querySelector('.voice').textContent.includes('Temperature 0.0 °C')");
        await _browser.Page.Keyboard.PressAsync("ArrowLeft");
        await _browser.UntilAsync("document.querySelector('.voice').textContent.includes('Temperature 1.0 °C')");
        await TabToAsync(".readings .scroll");
    }

    [Fact]
    public async Task Keys_PlusAndShiftArrow_ZoomAndMove()
    {
        await MeasureAsync(20, i => i);
        await _browser.GoAsync("points/1");
        await _browser.PointsAsync(20);

        await _browser.Page.Locator(".chart").FocusAsync();
        await _browser.Page.Keyboard.PressAsync("+");
        await _browser.UntilAsync("location.search.includes('from=')");
        var zoomed = _browser.Page.Url;
        await _browser.Page.Keyboard.PressAsync("Shift+ArrowLeft");

        await _browser.UntilAsync("url => location.href !== url", zoomed);
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Pinch_OnATouchScreen_ZoomsAroundTheFingers()
    {
        await MeasureAsync(480, i => i);
        await _browser.GoAsync("points/1?range=24h");
        await _browser.UntilAsync("document.querySelector('.apexcharts-line-series path') !== null");
        var box = (await _browser.Page.Locator(".chart").BoundingBoxAsync())!;
        var touch = await _browser.Page.Context.NewCDPSessionAsync(_browser.Page);
        var (middle, y) = (box.X + (box.Width * 0.5), box.Y + 100);
        Task TouchAsync(string type, params double[] xs) => touch.SendAsync(
            "Input.dispatchTouchEvent",
            new()
            {
                ["type"] = type,
                ["touchPoints"] = xs.Select((x, i) => new Dictionary<string, object> { ["x"] = x, ["y"] = y, ["id"] = i }).ToArray(),
            });

        await TouchAsync("touchStart", middle - 50);
        await TouchAsync("touchStart", middle - 50, middle + 50);
        await TouchAsync("touchMove", middle - 120, middle + 120);
        await TouchAsync("touchMove", middle - 200, middle + 200);
        await TouchAsync("touchEnd");

        await _browser.UntilAsync("location.search.includes('from=')");
        var ends = new Uri(_browser.Page.Url).Query.TrimStart('?').Split('&')
            .Select(part => DateTimeOffset.Parse(Uri.UnescapeDataString(part.Split('=')[1]), CultureInfo.InvariantCulture))
            .ToList();
        Assert.InRange((ends[1] - ends[0]).TotalHours, 5, 7);
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Counter_OfPulses_IsBarsThatStandOnZero()
    {
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(
            Enumerable.Range(0, 20)
                .Select(i => Some.Record(_serial, _now.AddMinutes(-3 * i), null, Some.Param(i + 1, 1, "pulse_cnt")))))).Status);

        await _browser.GoAsync("points/1?range=1h");

        await _browser.UntilAsync("document.querySelectorAll('[data-bar]').length === 20");
        await _browser.UntilAsync("document.querySelector('.summary p')?.textContent.includes('210 pulses in all')");
        var lowest = await _browser.Page.EvaluateAsync<string>(
            "[...document.querySelectorAll('.apexcharts-yaxis-label')].at(-1).textContent.trim()");
        Assert.StartsWith("0 pulses", lowest, StringComparison.Ordinal);
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Device_Opened_ShowsSignalAndBatteryOverTheSameTime()
    {
        await MeasureAsync(200, _ => 4);
        await _browser.GoAsync("points/1?range=6h");
        await _browser.UntilAsync(
            "document.querySelector('.main .apexcharts-line-series path') !== null && !document.querySelector('.device .chart')");

        await _browser.Page.Locator(".device h2 button").ClickAsync();

        await _browser.UntilAsync(
            "['.apexcharts-rangeArea-series path', '.state-rows rect'].every(part => document.querySelector(`.device ${part}`) !== null)");
        await _browser.TextAsync(".device p.soft", "Between -70 and -70 dBm, mean -70 dBm.");
        Assert.Empty(await _browser.BarriersAsync());
        Assert.Empty(_browser.Faults);
    }

    private async Task TabToAsync(string selector)
    {
        const string Script = "selector => document.activeElement?.matches(selector) === true";
        for (var i = 0; i < 80 && !await _browser.Page.EvaluateAsync<bool>(Script, selector); i++)
        {
            await _browser.Page.Keyboard.PressAsync("Tab");
        }

        Assert.True(
            await _browser.Page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector),
            $"{selector} is not reached by Tab");
    }

    private Task MeasureAsync(int count, Func<int, double> value) => SendAsync([.. Enumerable.Range(0, count)], value);

    /// <summary>Readings so many intervals ago, with some minutes for the test itself before the gap.</summary>
    private async Task SendAsync(IReadOnlyList<int> ago, Func<int, double> value)
    {
        foreach (var part in ago.Chunk(500))
        {
            Assert.Equal(
                201,
                (await _portal.Client.MeasureAsync(
                    Some.Body(part.Select(i => Some.Record(_serial, _now.AddMinutes(-3 * i), value(i)))))).Status);
        }
    }
}
