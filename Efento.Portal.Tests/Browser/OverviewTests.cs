using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

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

        await browser.Page.ClickAsync("button[data-filter=order]");
        await browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 11");
        await browser.Page.SelectOptionAsync(".order select", "Value");
        await browser.TextAsync(".logger-tile h3", _serials[10]);
        await browser.Page.ClickAsync(".size");
        await browser.Page.FillAsync("input[data-search]", _serials[3]);
        await browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 1");
        Assert.EndsWith($"/?q={_serials[3]}&state=order&sort=value&size=compact", browser.Page.Url, StringComparison.Ordinal);

        await browser.Page.ReloadAsync();
        await browser.LiveAsync();
        await browser.UntilAsync("document.querySelectorAll('.compact > .logger-tile').length === 1");
        Assert.Equal(_serials[3], await browser.Page.InputValueAsync("input[data-search]"));
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

        await keys.PressAsync("?");
        await browser.UntilAsync("document.querySelector('#keys').open");
        Assert.Empty(await browser.BarriersAsync());
        await keys.PressAsync("Escape");
        await browser.UntilAsync("!document.querySelector('#keys').open");

        await keys.PressAsync("g");
        await keys.PressAsync("g");
        await browser.Page.WaitForURLAsync("**/gateways");
        await keys.PressAsync("g");
        await keys.PressAsync("o");
        await browser.UntilAsync("location.pathname === '/'");
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

        Assert.False(await browser.Page.EvaluateAsync<bool>("document.querySelector('#keys').open || document.activeElement.matches('input')"));
    }

    [Fact]
    public async Task Phone_Tiles_AreRowsThatFit()
    {
        await using var browser = await OpenAsync(360);

        Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(await browser.Page.EvaluateAsync<bool>(
            """
            [...document.querySelectorAll('.logger-tile')].every(tile => {
              const [row, value, state] = [tile, tile.querySelector('.figure b'), tile.querySelector('portal-state')].map(e => e.getBoundingClientRect());
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

        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(_serials.Take(5).Select(s => Some.Record(s, _now.AddSeconds(1), -17.25))))).Status);
        await browser.UntilAsync("[...document.querySelectorAll('.figure b')].filter(b => b.textContent === '−17.25').length === 5");
        // The words of an age are of another length after ten seconds.
        await browser.UntilAsync("[...document.querySelectorAll('.foot portal-age:not([mode])')].filter(a => a.textContent === '10 s ago').length === 11");

        Assert.Empty(await browser.Page.EvaluateAsync<string[]>("window.moved"));
    }

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

        await browser.TextAsync("portal-status .sentence", "Everything is in order");
        await browser.UntilAsync("document.title === 'Overview · Efento Portal'");
    }

    private static Task<string> FocusedAsync(PageInBrowser browser) => browser.Page.EvaluateAsync<string>("document.activeElement.textContent");

    private async Task<PageInBrowser> OpenAsync(int width = 1440)
    {
        var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address, width);
        await browser.GoAsync("");
        return browser;
    }
}
