using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class OverviewTests(Chromium chromium) : IAsyncLifetime
{
    private readonly DateTimeOffset _now = Some.Now();
    private readonly string[] _serials = [.. Enumerable.Range(0, 12).Select(_ => Some.Serial()).Order(StringComparer.Ordinal)];
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        var records = _serials.Select((serial, i) => Some.Record(serial, i == 11 ? _now.AddHours(-2) : _now, 4 + i));
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Site_OneSilent_IsSaidInTheLineTheTitleAndTheIcon()
    {
        await using var browser = await OpenAsync();

        await browser.TextAsync("portal-status .sentence", "1 measuring point needs attention");
        Assert.Equal("1 silent · Overview · Efento Portal", await browser.Page.TitleAsync());
        Assert.StartsWith("data:image/svg+xml,", await browser.Page.GetAttributeAsync("link[rel=icon]", "href"), StringComparison.Ordinal);

        await browser.Page.ClickAsync("nav a[href='gateways']");
        await browser.UntilAsync("document.title.startsWith('1 silent · Gateways')");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Site_CountChanges_KeepsItsLinkAndTheFocus()
    {
        await using var browser = await OpenAsync();
        await browser.TextAsync("portal-status .count[data-group=silent]", "1 silent");
        await browser.Page.FocusAsync("portal-status .count[data-group=silent]");

        await browser.Page.EvaluateAsync("document.querySelector('portal-status').setAttribute('counts', 'fresh:10,silent:2')");

        await browser.TextAsync("portal-status .count[data-group=silent]", "2 silent");
        Assert.Equal("silent", await browser.Page.EvaluateAsync<string?>("document.activeElement.dataset.group ?? null"));
    }

    [Fact]
    public async Task Site_NothingIsStored_IsSaidOnceAndNothingIsOnTime()
    {
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serials[11], _now)))).Status);
        await using var browser = await OpenAsync();
        await browser.TextAsync("portal-status .sentence", "All measurements are on time");

        _portal.Get<StoreHealth>().ReportFault(StoreFault.Of(new SqliteException("full", SQLitePCL.raw.SQLITE_FULL))!);

        await browser.UntilAsync("document.title.startsWith('Nothing new is stored')");
        await browser.UntilAsync("document.body.innerText.split('Nothing new is stored').length === 2");
        await browser.UntilAsync("!document.querySelector('portal-status').textContent.includes('on time')");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Trouble_AtFirst_ComesFirstAndNamesItself()
    {
        await using var browser = await OpenAsync();

        Assert.Equal(_serials[11], await browser.Page.Locator(".logger-tile h3").First.TextContentAsync());
        Assert.Equal("Silent", await browser.Page.Locator(".logger-tile portal-state").First.TextContentAsync());
    }

    [Fact]
    public async Task View_Chosen_StandsInTheAddressAndIsThereAfterALoad()
    {
        await using var browser = await OpenAsync();

        await browser.Page.ClickAsync("button[data-filter=ontime]");
        await browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 11");
        await browser.Page.SelectOptionAsync(".order select", "Value");
        await browser.TextAsync(".logger-tile h3", _serials[10]);
        await browser.Page.ClickAsync(".size");
        await browser.Page.FillAsync("input[data-search]", _serials[3]);
        await browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 1");
        Assert.EndsWith($"/?q={_serials[3]}&state=ontime&sort=value&size=compact", browser.Page.Url, StringComparison.Ordinal);

        await browser.ReloadAsync();
        await browser.LiveAsync();
        await browser.UntilAsync("document.querySelectorAll('.compact > .logger-tile').length === 1");
        Assert.Equal(_serials[3], await browser.Page.InputValueAsync("input[data-search]"));
    }

    [Fact]
    public async Task Search_InSeveralLocations_KeepsTilesOfARowAtOneHeight()
    {
        await PlaceAsync("A cold store whose name takes the room of its tile", 1, 4);
        await PlaceAsync("Ward", 5, 2);
        await using var browser = await OpenAsync();
        await browser.Page.FillAsync("input[data-search]", "fridge");
        await browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 3");

        Assert.Equal(["1 of 4", "2 measuring points"], await browser.Page.Locator(".place .counts > span:first-child").AllInnerTextsAsync());
        Assert.Equal(
            1, await browser.Page.EvaluateAsync<int>(
                """
                new Set([...document.querySelectorAll('.logger-tile')].map(tile => tile.getBoundingClientRect())
                  .map(({ top, width }) => `${Math.round(top)} ${Math.round(width)}`)).size
                """));
    }

    [Fact]
    public async Task Keys_FindMoveAndGo()
    {
        await using var browser = await OpenAsync();
        var keys = browser.Page.Keyboard;

        await keys.PressAsync("/");
        await browser.UntilAsync("document.activeElement.matches('input[data-search]')");
        await keys.TypeAsync("nothing at all");
        await browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 0");
        await keys.PressAsync("Escape");
        await browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 12");

        await browser.Page.FocusAsync(".logger-tile a");
        await keys.PressAsync("ArrowRight");
        Assert.Equal(_serials[0], await FocusedAsync(browser));
        await keys.PressAsync("ArrowDown");
        var below = await FocusedAsync(browser);
        await keys.PressAsync("ArrowUp");
        Assert.NotEqual(_serials[0], below);
        Assert.Equal(_serials[0], await FocusedAsync(browser));

        await keys.PressAsync("g");
        await keys.PressAsync("g");
        await browser.AddressAsync("**/gateways");
        await browser.UntilAsync("document.querySelector('[data-key=h]').getAttribute('href') === 'help/gateways'");
        await keys.PressAsync("g");
        await keys.PressAsync("h");
        await browser.AddressAsync("**/help/gateways");
        await keys.PressAsync("g");
        await keys.PressAsync("a");
        await browser.AddressAsync("**/admin/tokens");
        await keys.PressAsync("g");
        await keys.PressAsync("o");
        await browser.UntilAsync("location.pathname === '/'");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task KeySheet_OpenedByItsKey_StandsInTheMiddleAndGivesTheFocusBack(int width)
    {
        await using var browser = await OpenAsync(width);
        var (keys, at) = (browser.Page.Keyboard, browser.Page.Locator(".logger-tile a").First);
        await at.FocusAsync();

        await keys.PressAsync("?");
        await browser.UntilAsync("document.querySelector('#keys').open");

        Assert.Equal(
            ["g o", "g l", "g g", "g a", "g h", "/", "← → ↑ ↓", "← →", "Shift ← →", "+ −", "n", "Esc", "?"],
            await browser.Page.Locator("#keys dt").AllInnerTextsAsync());
        Assert.InRange(await browser.Page.EvaluateAsync<double>(OffTheMiddle), 0, 1);
        Assert.Equal([], await Look.AtFitAsync(browser, "keys"));
        Assert.Empty(await browser.BarriersAsync());
        await keys.PressAsync("Escape");
        await browser.UntilAsync("!document.querySelector('#keys').open");
        Assert.True(await at.EvaluateAsync<bool>("link => link === document.activeElement"));
    }

    [Fact]
    public async Task Keys_SwitchedOff_DoNothing()
    {
        await using var browser = await OpenAsync();
        await browser.GoAsync("account");
        await browser.Page.Locator("main portal-key-switch input").UncheckAsync();
        await browser.GoAsync("");

        await browser.Page.Keyboard.PressAsync("?");
        await browser.Page.Keyboard.PressAsync("/");

        Assert.False(
            await browser.Page.EvaluateAsync<bool>("document.querySelector('#keys').open || document.activeElement.matches('input')"));
    }

    [Fact]
    public async Task Phone_Tiles_AreRowsThatFit()
    {
        await using var browser = await OpenAsync(360);

        Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(await browser.Page.EvaluateAsync<bool>(
            """
            [...document.querySelectorAll('.logger-tile')].every(tile => {
              const [row, value, state] = [tile, tile.querySelector('.figure b'), tile.querySelector('portal-state')]
                .map(e => e.getBoundingClientRect());
              return row.width > 300 && value.right <= row.right && value.left > state.right;
            })
            """));
        Assert.Empty(await browser.BarriersAsync());
    }

    [Fact]
    public async Task Values_Tick_WithoutMovingAnything()
    {
        await using var browser = await OpenAsync();
        // After the frame in which the bar itself has become live.
        await browser.Page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await browser.Page.EvaluateAsync(
            """
            window.moved = [];
            const name = n => (n instanceof Text ? n.parentElement : n)?.outerHTML.slice(0, 200) ?? 'gone';
            new PerformanceObserver(l => l.getEntries().forEach(e => window.moved.push(...e.sources.map(s => name(s.node)))))
              .observe({ type: 'layout-shift', buffered: false });
            """);

        Assert.Equal(
            201,
            (await _portal.Client.MeasureAsync(
                Some.Body(_serials.Take(5).Select(s => Some.Record(s, _now.AddSeconds(1), -17.25))))).Status);
        await browser.UntilAsync("[...document.querySelectorAll('.figure b')].filter(b => b.textContent === '−17.25').length === 5");
        // The words of an age are of another length after ten seconds.
        await browser.UntilAsync(
            "[...document.querySelectorAll('.foot portal-age:not([mode])')].filter(a => a.textContent === '10 s ago').length === 11");

        Assert.Empty(await browser.Page.EvaluateAsync<string[]>("window.moved"));
    }

    [Proves(ScreenRule.FrozenScreenAdmitsIt)]
    [Fact]
    public async Task Line_CutAndMended_AdmitsItAndCatchesUp()
    {
        await using var line = new Line(_portal.Address);
        await using var browser = await PageInBrowser.OpenAsync(chromium, line.Address);
        await browser.GoAsync("");

        line.Cut();
        await browser.NotLiveAsync();
        await browser.UntilAsync("document.title.startsWith('Not live')");
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body([Some.Record(_serials[11], _now, 7.3)]))).Status);
        line.Mend();

        await browser.TextAsync("portal-status .sentence", "All measurements are on time");
        await browser.UntilAsync("document.title === 'Overview · Efento Portal'");
    }

    [Proves(ScreenRule.NoFigureIsCutShort)]
    [Fact]
    public async Task Points_Hundreds_AreWholeOnEveryWidth()
    {
        string[][] kinds =
        [
            [Some.Param(-80.12)],
            [Some.Param(21.37), Some.Param(48.2, 2, "humidity"), Some.Param(1013.6, 3, "pressure")],
            [Some.Param(1, 1, "flooding"), Some.Param(1, 2, "leakage")],
            [Some.Param(null, "ERROR"), Some.Param(55.5, 2, "humidity")],
            [Some.Param(123456789, 1, "elec_meter_acc"), Some.Param(9876543210, 2, "pulse_cnt_acc")],
            [.. Enumerable.Range(1, 6).Select(channel => Some.Param(-20.5 - channel, channel))],
            [Some.Param(-1234.567, 1, "current_precise"), Some.Param(123456, 2, "resistance")],
        ];
        var serials = Enumerable.Range(0, 318).Select(_ => Some.Serial()).ToList();
        var before = serials.Select(serial => Some.Record(serial, _now.AddMinutes(-9), 4.5));
        var records = serials.Select(
            (serial, i) => Some.Record(serial, _now, null, 180, i % 3 == 0 ? "low" : "ok", kinds[i % kinds.Length]));
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body([.. before, .. records]))).Status);
        await using var browser = await OpenAsync();
        List<string> faults = [];
        foreach (var (path, widths) in ((string, int[])[])[("", [360, 720, 1360, 2560]), ("?size=compact", [720, 1600])])
        {
            await browser.GoAsync(path);
            await browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 330");
            faults.AddRange(await Look.AtWidthsAsync(browser, $"overview-330{path}", widths));
        }

        Assert.Equal([], faults);
    }

    [Fact]
    public async Task Phone_FirstTile_StandsOnTheUpperThirdOfTheScreen()
    {
        await using var phone = await PageInBrowser.OpenAsync(chromium, _portal.Address, width: 360);
        await phone.GoAsync("");
        await phone.UntilAsync("document.querySelectorAll('.logger-tile').length === 12 && !!document.querySelector('portal-status .count')");

        Assert.InRange(
            await phone.Page.EvaluateAsync<double>("document.querySelector('.logger-tile').getBoundingClientRect().top"), 56, 220);
    }

    /// <summary>Puts points into a new location. The first is a fridge; of two, both are.</summary>
    private async Task PlaceAsync(string location, int first, int count)
    {
        await _portal.Get<LocationDecisions>().CreateAsync(Actor.Portal, null, location);
        var id = _portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == location).Id;
        Assert.Empty(await _portal.Get<PointNaming>().NameAsync(
            SiteScope.Everything, Actor.Portal,
            [
                .. Enumerable.Range(first, count).Select(point => new PointChange(
                    new Seen(point, 0), new PointLabel(count == 2 || point == first ? $"Fridge {point}" : $"Shelf {point}", id, null))),
            ]));
    }

    private static Task<string> FocusedAsync(PageInBrowser browser) =>
        browser.Page.EvaluateAsync<string>("document.activeElement.textContent");

    /// <summary>How far the middle of the list of keys is from that of the page beside its scrollbar, in px.</summary>
    private const string OffTheMiddle =
        """
        (() => {
          const [keys, page] = [document.querySelector('#keys'), document.body].map(e => e.getBoundingClientRect());
          const [across, down] = [keys.left + keys.right - page.left - page.right, keys.top + keys.bottom - innerHeight];
          return Math.max(Math.abs(across), Math.abs(down)) / 2;
        })()
        """;

    private async Task<PageInBrowser> OpenAsync(int width = 1440)
    {
        var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address, width);
        await browser.GoAsync("");
        return browser;
    }
}
