using System.Globalization;
using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>What charts say of time: their ticks, zones and days; and the pictures that are saved of them.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class ChartTests(Chromium chromium) : IAsyncLifetime
{
    /// <summary>Where the ticks of each chart are.</summary>
    private const string Ticks =
        "[...document.querySelectorAll('.main .chart-backdrop')]"
        + ".map(b => [...b.querySelectorAll('[data-tick]')].map(t => t.getAttribute('x1')).join(' '))";

    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");
    private readonly string _serial = Some.Serial();
    private readonly DateTimeOffset _now = Some.Now();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Charts_BelowEachOther_ShareTheirEdges(int width)
    {
        await MeasureAsync(
            40, TimeSpan.FromMinutes(3),
            i =>
            [
                Some.Param(4 + (i % 3)), Some.Param(1_013.5 + i, 2, "pressure"), Some.Param(i % 2, 3, "open-close"),
                Some.Param(i, 4, "pulse_cnt"),
            ]);
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address, width);
        await browser.GoAsync("points/1?range=6h");

        await browser.UntilAsync($"{Ticks}.length === 4 && {Ticks}.every(t => t.length > 0)");

        await browser.UntilAsync($"new Set({Ticks}).size === 1");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Night_AnHourComesTwice_HasALabelForEachAndTheZones()
    {
        await MeasureAsync(2, TimeSpan.FromMinutes(3), _ => [Some.Param(4)]);
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);

        await browser.GoAsync("points/1?from=2025-10-25T22:00:00Z&to=2025-10-26T04:00:00Z");

        await browser.UntilAsync("document.querySelectorAll('.chart-backdrop text').length > 4");
        var labels = await browser.Page.Locator(".chart-backdrop text").AllTextContentsAsync();
        Assert.All((string[])["02:00 CEST", "02:00 CET", "CEST/CET"], label => Assert.Contains(label, labels));
    }

    [Proves(ScreenRule.UnitAndZone)]
    [Fact]
    public async Task Axis_AnyRange_NamesItsZone()
    {
        await MeasureAsync(2, TimeSpan.FromMinutes(3), _ => [Some.Param(4)]);
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);

        await browser.GoAsync("points/1?from=2026-01-10T10:00:00Z&to=2026-01-10T12:00:00Z");
        await browser.UntilAsync("[...document.querySelectorAll('.chart-backdrop text')].some(t => t.textContent === 'CET')");

        await browser.GoAsync("points/1?from=2026-07-10T10:00:00Z&to=2026-07-10T12:00:00Z");
        await browser.UntilAsync("[...document.querySelectorAll('.chart-backdrop text')].some(t => t.textContent === 'CEST')");
    }

    [Fact]
    public async Task Year_OfADailyCourse_HasAPointADayAndTicksAtTheFirstOfMonths()
    {
        await MeasureAsync(4 * 370, TimeSpan.FromHours(6), i => [Some.Param(20 + (i % 4))]);
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);

        await browser.GoAsync("points/1?range=1y");

        await browser.UntilAsync("document.querySelectorAll('.apexcharts-rangeArea-series path').length > 0");
        Assert.InRange(await browser.PointsAsync(), 360, 368);
        var ticks = await browser.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.main [data-tick]')].map(t => t.dataset.tick)");
        Assert.InRange(ticks.Length, 11, 13);
        Assert.All(ticks.Select(InWarsaw), t => Assert.Equal((1, TimeSpan.Zero), (t.Day, t.TimeOfDay)));

        // A point is a day, and says so.
        await browser.Page.Locator(".chart").FocusAsync();
        await browser.Page.Keyboard.PressAsync("ArrowLeft");
        await browser.UntilAsync("/^\\d+ \\w+ \\d{4}; Temperature/.test(document.querySelector('.voice').textContent)");
    }

    [Proves(ScreenRule.LateDataTakesItsOwnPlace)]
    [Fact]
    public async Task Late_Readings_AreAStripBelowTheAxisWithALegend()
    {
        await MeasureAsync(400, TimeSpan.FromMinutes(3), _ => [Some.Param(4)]);
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);

        await browser.GoAsync("points/1?range=24h");

        await browser.TextAsync(".late-legend", "received later");
        await browser.UntilAsync(
            """
            (() => {
              const strip = document.querySelector('.main [data-mark=late]');
              const tick = document.querySelector('.main [data-tick]');
              return strip && tick && Number(strip.getAttribute('y1')) > Number(tick.getAttribute('y2'));
            })()
            """);
    }

    [Fact]
    public async Task Picture_Saved_SaysNamePlaceRangeAndStatisticsInThePagesFont()
    {
        await MeasureAsync(40, TimeSpan.FromMinutes(3), i => [Some.Param(4 + (i % 3)), Some.Param(7, 2)]);
        Assert.Equal(
            PointOutcome.Done,
            await _portal.Get<PointNaming>().RenameAsync(
                SiteScope.Everything, Actor.Command, new Seen(1, 0), "Lodówka 3", "Apteka, półka 2"));
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await browser.GoAsync("points/1?range=6h");
        await browser.UntilAsync("['.summary p', '.apexcharts-line-series path'].every(part => document.querySelector(part) !== null)");

        var svg = await SavedAsync(browser, "SVG");
        var png = await SavedAsync(browser, "PNG");

        var text = await File.ReadAllTextAsync(svg, TestContext.Current.CancellationToken);
        Assert.All(
            (string[])
            [
                "Lodówka 3 · Temperature", "Apteka, półka 2", "Temperature 1 was between 4.0 and 6.0 °C", "times in Europe/Warsaw",
                "src:url(data:font/woff2;base64,",
            ],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal("PNG", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(png, TestContext.Current.CancellationToken), 1, 3));
        Assert.True(await LooksOtherwiseWithoutItsFontAsync(browser, text));
        Assert.Empty(browser.Faults);
    }

    private static async Task<string> SavedAsync(PageInBrowser browser, string format)
    {
        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.ClickAsync($".save button:text-is('{format}')"));
        Assert.StartsWith("Lodówka-3-Temperature-", download.SuggestedFilename, StringComparison.Ordinal);
        return await download.PathAsync();
    }

    private static DateTimeOffset InWarsaw(string ms) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(ms, CultureInfo.InvariantCulture)), Warsaw);

    /// <summary>Whether a picture looks otherwise without the font inside it: then the browser has drawn it with that font.</summary>
    private static Task<bool> LooksOtherwiseWithoutItsFontAsync(PageInBrowser browser, string svg) => browser.Page.EvaluateAsync<bool>(
        """
        async svg => {
          const pixels = async text => {
            const image = new Image();
            image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
            await image.decode();
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [image.width, image.height];
            canvas.getContext('2d').drawImage(image, 0, 0);
            return canvas.toDataURL();
          };
          return await pixels(svg) !== await pixels(svg.replace(/@font-face[^<]*/, ''));
        }
        """,
        svg);

    private async Task MeasureAsync(int count, TimeSpan interval, Func<int, string[]> parameters)
    {
        foreach (var part in Enumerable.Range(0, count).Chunk(500))
        {
            Assert.Equal(
                201,
                (await _portal.Client.MeasureAsync(
                    Some.Body(part.Select(i => Some.Record(_serial, _now - (i * interval), null, parameters(i)))))).Status);
        }
    }
}
