using System.Text;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>Several measuring points in one chart, from the overview to the file.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class CompareTests(Chromium chromium) : IAsyncLifetime
{
    private readonly DateTimeOffset _now = Some.Now();
    private readonly string[] _serials = [.. Enumerable.Range(0, 3).Select(_ => Some.Serial()).Order(StringComparer.Ordinal)];
    private PortalUnderTest _portal = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        var readings = Enumerable.Range(0, 100).Where(i => i is < 30 or > 60).ToList();
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(
        [
            .. Enumerable.Range(0, 100).Select(i => Some.Record(_serials[0], _now.AddMinutes(-3 * i), 4 + (i % 3))),
            .. readings.Select(i => Some.Record(
                _serials[1], _now.AddMinutes(-3 * i), null, Some.Param(-20), Some.Param(50 + (i % 9), 2, "humidity"))),
            .. readings.Select(i => Some.Record(_serials[2], _now.AddMinutes(-3 * i), null, Some.Param(i % 2, 1, "open-close"))),
        ]))).Status);
        _browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Tiles_Ticked_AreComparedInOneChart()
    {
        await _browser.GoAsync("");
        await _browser.Page.ClickAsync("[data-compare]");
        var before = await HeightsAsync();
        await _browser.Page.Locator(".logger-tile a").Nth(0).ClickAsync();
        await _browser.Page.Locator(".logger-tile a").Nth(1).PressAsync("Space");
        await _browser.TextAsync(".choice-bar [role=status]", "2 chosen");
        Assert.Equal("true", await _browser.Page.Locator(".logger-tile a").Nth(1).GetAttributeAsync("aria-checked"));
        Assert.Equal(before, await HeightsAsync());
        Assert.Empty(await _browser.BarriersAsync());

        await _browser.Page.ClickAsync(".choice-bar a");

        await _browser.UntilAsync("document.querySelectorAll('.legend li').length === 3");
        await _browser.UntilAsync("location.search.startsWith('?points=1,2&')");
        await LinesAsync(3);
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Tiles_ChoiceCancelled_AreLinksAgain()
    {
        await _browser.GoAsync("");
        await _browser.Page.ClickAsync("[data-compare]");
        await _browser.Page.Locator(".logger-tile a").First.ClickAsync();
        await _browser.Page.Keyboard.PressAsync("Escape");
        await _browser.UntilAsync("document.querySelector('.choice-bar').hidden");
        await _browser.UntilAsync("!document.querySelector('[data-chosen], [role=checkbox]')");

        await _browser.Page.Locator(".logger-tile a").First.ClickAsync();

        await _browser.AddressAsync("**/points/*");
    }

    [Fact]
    public async Task Lines_OfUnits_HaveTheirAxesNumbersAndGaps()
    {
        await _browser.GoAsync("compare?points=1,2,3&range=6h");
        await LinesAsync(3);

        Assert.Equal(2, await DifferentAsync("[data-axis]", "textContent.split(' ').at(-1)"));
        Assert.Equal(4, await DifferentAsync("[data-number]", "dataset.number"));
        await _browser.UntilAsync("document.querySelectorAll('.compared [data-gap]').length >= 3");
        Assert.Equal(2, await _browser.Page.EvaluateAsync<int>("document.querySelector('[data-line=\"1\"]').getAttribute('d').match(/M/g).length"));
        Assert.Empty(await _browser.BarriersAsync());
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Line_HiddenInTheLegend_IsGoneAndStaysSoByItsAddress()
    {
        await _browser.GoAsync("compare?points=1,2&range=6h");
        await LinesAsync(3);

        await _browser.Page.Locator(".legend input").Nth(1).UncheckAsync();

        await LinesAsync(2);
        await _browser.UntilAsync("location.search.includes('hide=2.1')");
        await _browser.ReloadAsync();
        await LinesAsync(2);
        Assert.False(await _browser.Page.Locator(".legend input").Nth(1).IsCheckedAsync());
    }

    [Fact]
    public async Task NewReading_OfAPoint_IsDrawnAtOnce()
    {
        await _browser.GoAsync("compare?points=1,2&range=1h");
        await LinesAsync(3);

        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serials[0], _now.AddSeconds(1), 21.5)))).Status);

        await _browser.UntilAsync("document.querySelector('.legend .value').textContent.includes('21.5')");
        await _browser.UntilAsync("[...document.querySelectorAll('[data-axis]')].some(t => parseFloat(t.textContent) >= 21.5)");
    }

    [Fact]
    public async Task Crosshair_ByKeyboard_SaysEachLine()
    {
        await _browser.GoAsync("compare?points=1,2&range=1h");
        await LinesAsync(3);

        await _browser.Page.Locator(".chart").FocusAsync();
        await _browser.Page.Keyboard.PressAsync("ArrowLeft");

        await _browser.UntilAsync(
            "names => names.every(name => document.querySelector('.voice').textContent.includes(name))",
            new[] { $"1 · {_serials[0]} · Temperature 4.0 °C", $"2 · {_serials[1]} · Temperature", "Humidity 50.0 %" });
    }

    [Fact]
    public async Task Files_Saved_HaveTheLinesAndTheReadings()
    {
        await _browser.GoAsync("compare?points=1,2&range=6h");
        await LinesAsync(3);
        await _browser.UntilAsync("document.querySelectorAll('.statistics tbody tr').length === 3");

        var png = await SavedAsync(".save button:text-is('PNG')");
        var svg = await SavedAsync(".save button:text-is('SVG')");
        var csv = await SavedAsync(".download a");

        Assert.Equal("PNG", Encoding.ASCII.GetString(png, 1, 3));
        Assert.All(
            (string[])[$"1 · {_serials[0]} · Temperature", $"3 · {_serials[1]} · Humidity was between", "times in Europe/Warsaw"],
            part => Assert.Contains(part, Encoding.UTF8.GetString(svg), StringComparison.Ordinal));
        Assert.Equal(100 + 69 + 1, Encoding.UTF8.GetString(csv).TrimEnd().Split('\n').Length);
    }

    private async Task<byte[]> SavedAsync(string selector)
    {
        var download = await _browser.Page.RunAndWaitForDownloadAsync(() => _browser.Page.ClickAsync(selector));
        return await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    private Task LinesAsync(int count) => _browser.UntilAsync($"document.querySelectorAll('[data-line]').length === {count}");

    private Task<int> DifferentAsync(string selector, string property) => _browser.Page.EvaluateAsync<int>(
        $"new Set([...document.querySelectorAll('{selector}')].map(element => element.{property})).size");

    private Task<string> HeightsAsync() => _browser.Page.EvaluateAsync<string>(
        "JSON.stringify([...document.querySelectorAll('.logger-tile')].map(tile => tile.getBoundingClientRect()))");
}
