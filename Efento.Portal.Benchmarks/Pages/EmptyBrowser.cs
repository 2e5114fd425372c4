using Efento.Portal.Benchmarks.Live;
using Microsoft.Playwright;

namespace Efento.Portal.Benchmarks.Pages;

/// <summary>Chromium, whose every page begins with nothing but the visitor's cookies.</summary>
internal sealed class EmptyBrowser : IAsyncDisposable
{
    private const string NoteLive =
        """
        new MutationObserver(() => {
            if (document.documentElement?.dataset.live === 'yes') {
                window.liveMs ??= performance.now();
            }
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-live'] });
        """;

    private const string ClickAndWait =
        """
        link => new Promise(done => {
            const begin = performance.now();
            const said = () => [...document.querySelectorAll('.apexcharts-line-series path')].map(p => p.getAttribute('d')).join();
            const before = said();
            const look = () => {
                const now = said();
                if (now && now !== before && document.querySelector(link)?.getAttribute('aria-current') === 'true') {
                    watch.disconnect();
                    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begin)));
                }
            };
            const watch = new MutationObserver(look);
            watch.observe(document.body, { subtree: true, childList: true, attributes: true });
            document.querySelector(link).click();
        })
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly Visitor _visitor;
    private readonly List<string> _errors = [];

    private EmptyBrowser(IPlaywright playwright, IBrowser browser, Visitor visitor) =>
        (_playwright, _browser, _visitor) = (playwright, browser, visitor);

    /// <summary>What its pages wrote to the console as errors.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Starts it.</summary>
    public static async Task<EmptyBrowser> StartAsync(Visitor visitor, string chromium)
    {
        var playwright = await Playwright.CreateAsync();
        return new EmptyBrowser(
            playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] }), visitor);
    }

    /// <summary>Opens the overview for the first time.</summary>
    public async Task<Visit> VisitAsync()
    {
        var page = await OpenAsync();
        var network = await page.Context.NewCDPSessionAsync(page);
        double bytes = 0;
        network.Event("Network.loadingFinished").OnEvent += (_, finished) =>
            bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await network.SendAsync("Network.enable");
        await page.GotoAsync(Address(""));
        var live = await LiveAsync(page);
        var paint = await PaintMsAsync(page);
        await page.Context.CloseAsync();
        return new Visit(paint, live, bytes / 1000);
    }

    /// <summary>Opens the overview for the first time on a phone, and says when it was painted, in ms.</summary>
    public async Task<double> VisitByPhoneAsync()
    {
        var page = await OpenAsync(360, 740);
        await page.GotoAsync(Address(""));
        var paint = await PaintMsAsync(page);
        await page.Context.CloseAsync();
        return paint;
    }

    /// <summary>Opens the sign-in page for the first time, which is made without a circuit, and says when it was painted, in ms.</summary>
    public async Task<double> VisitStaticAsync()
    {
        var page = await OpenAsync();
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(Address("sign-in"));
        var paint = await PaintMsAsync(page);
        await page.Context.CloseAsync();
        return paint;
    }

    /// <summary>
    /// From the click on "All" at a measuring point until its chart is drawn, in ms; as often as asked for, by turns with its last 24
    /// hours.
    /// </summary>
    public async Task<IReadOnlyList<double>> OpenAllAsync(string serial, int times)
    {
        var page = await OpenAsync();
        await page.GotoAsync(Address($"loggers/{serial}"));
        await page.WaitForURLAsync("**/points/**");
        await LiveAsync(page);
        await page.WaitForSelectorAsync(".ranges", new() { Timeout = 30_000 });
        List<double> all = [];
        for (var i = 0; i < times; i++)
        {
            await page.EvaluateAsync<double>(ClickAndWait, ".ranges a[href$='range=30d']");
            all.Add(await page.EvaluateAsync<double>(ClickAndWait, ".ranges a[href$='range=all']"));
        }

        await page.Context.CloseAsync();
        return all;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static Task<double> PaintMsAsync(IPage page) =>
        page.EvaluateAsync<double>(
            """
            () => new Promise(done => new PerformanceObserver(list => {
                const painted = list.getEntriesByName('first-contentful-paint')[0];
                if (painted) {
                    done(painted.startTime);
                }
            }).observe({ type: 'paint', buffered: true }))
            """);

    private static async Task<double> LiveAsync(IPage page)
    {
        await page.Locator("html[data-live=yes]").WaitForAsync(new() { Timeout = 30_000 });
        return await page.EvaluateAsync<double>("window.liveMs");
    }

    private string Address(string path) => new Uri(_visitor.Client.BaseAddress!, path).ToString();

    private async Task<IPage> OpenAsync(int width = 1440, int height = 900)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var address = _visitor.Client.BaseAddress!.ToString();
        await context.AddCookiesAsync(
            _visitor.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = address }));
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Add(message.Text);
            }
        };
        await page.AddInitScriptAsync(NoteLive);
        return page;
    }
}

/// <summary>The first visit of a browser.</summary>
/// <param name="PaintMs">From the navigation to the first contentful paint, in ms.</param>
/// <param name="LiveMs">From the navigation until the page answers, in ms.</param>
/// <param name="Kilobytes">What was transferred for it, compressed, headers included, in kB (10^3 bytes).</param>
internal sealed record Visit(double PaintMs, double LiveMs, double Kilobytes);
