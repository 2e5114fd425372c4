using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>A page of the portal in a browser, with everything that went wrong in it.</summary>
public sealed class PageInBrowser : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _portal;
    private readonly ConcurrentQueue<string> _faults = new();

    private PageInBrowser(IBrowserContext context, IPage page, Uri portal, ColorScheme theme)
    {
        (_context, Page, _portal, Theme) = (context, page, portal, theme);
        page.Console += (_, message) => Note(message.Type == "error", message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.Request += (_, request) => Note(IsElsewhere(request.Url), request.Url);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What the person's computer is set to, light or dark.</summary>
    public ColorScheme Theme { get; private set; }

    /// <summary>Errors of the console and requests to other hosts.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Opens a window of somebody signed in as the tests' administrator, still without a page.</summary>
    public static async Task<PageInBrowser> OpenAsync(
        Chromium chromium, Uri portal, int width = 1440, ColorScheme theme = ColorScheme.Light, bool isStill = false)
    {
        var browser = await OpenUnknownAsync(chromium, portal, width, theme, isStill);
        await browser.TakeSessionAsync();
        return browser;
    }

    /// <summary>Opens a window of somebody who is not signed in.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="portal">Where the portal is.</param>
    /// <param name="width">How wide the window is, in px.</param>
    /// <param name="theme">What the person's computer is set to.</param>
    /// <param name="isStill">Whether the computer asks for no movement (prefers-reduced-motion).</param>
    /// <param name="hasWorker">
    /// Whether the portal's service worker runs. Playwright attaches to one and sometimes leaves it waiting for its debugger on a busy
    /// machine, and a page that reloads itself then waits for the worker for ever.
    /// </param>
    /// <param name="hasTouch">Whether the screen is touched.</param>
    public static async Task<PageInBrowser> OpenUnknownAsync(
        Chromium chromium,
        Uri portal,
        int width = 1440,
        ColorScheme theme = ColorScheme.Light,
        bool isStill = false,
        bool hasWorker = false,
        bool hasTouch = false)
    {
        var context = await chromium.OpenAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = theme,
            ReducedMotion = isStill ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            TimezoneId = "Europe/Warsaw",
            Locale = "en-GB",
            HasTouch = hasTouch,
            ServiceWorkers = hasWorker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout((float)Until.Patience.TotalMilliseconds);
        return new PageInBrowser(context, await context.NewPageAsync(), portal, theme);
    }

    /// <summary>Signs in on the page for it and waits for the page that follows.</summary>
    public async Task SignInAsync(string email, string password)
    {
        await VisitAsync(new Uri(_portal, "sign-in?from=/gateways").ToString());
        await Page.FillAsync("#email", email);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("button[type=submit]");
        await AddressAsync("**/gateways");
        await LiveAsync();
    }

    /// <summary>Goes to an address and waits until its document is there.</summary>
    public Task VisitAsync(string address) => Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.DOMContentLoaded });

    /// <summary>
    /// Waits until the page has an address and its document is there. In the pattern, ** stands for anything, * for anything but a slash.
    /// Playwright's own way looks first and listens afterwards. On a busy machine, it misses what happens between and waits for ever.
    /// </summary>
    public Task AddressAsync(string pattern) => UntilAsync(
        "pattern => new RegExp(pattern).test(location.href) && document.readyState !== 'loading'",
        $"^{Regex.Escape(pattern).Replace(@"\*\*", ".*", Exactly).Replace(@"\*", "[^/]*", Exactly)}$");

    /// <summary>Loads the page again and waits until its document is there.</summary>
    public Task ReloadAsync() => Page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });

    /// <summary>Goes to a page and waits until it follows the portal.</summary>
    public async Task GoAsync(string path)
    {
        await VisitAsync(new Uri(_portal, path).ToString());
        await LiveAsync();
    }

    /// <summary>
    /// Waits until an expression of the page is true, or a function of <paramref name="argument"/>, with <see cref="Until.Patience"/> unless
    /// told otherwise.
    /// Playwright's own way evaluates text within the page, which its Content-Security-Policy forbids.
    /// </summary>
    public Task UntilAsync(string expression, object? argument = null, TimeSpan? limit = null) => Until.TrueAsync(
        async () =>
        {
            try
            {
                return await Page.EvaluateAsync<bool>(expression, argument);
            }
            catch (PlaywrightException fault) when (fault.Message.Contains("Execution context was destroyed", StringComparison.Ordinal))
            {
                // Another page is on its way.
                return false;
            }
        },
        limit,
        every: TimeSpan.FromMilliseconds(30));

    /// <summary>Waits until the page follows the portal.</summary>
    public Task LiveAsync() => UntilAsync("document.documentElement.dataset.live === 'yes'");

    /// <summary>Waits until the page says that it does not.</summary>
    public Task NotLiveAsync() => UntilAsync("document.documentElement.dataset.live === 'no'");

    /// <summary>Waits until an element has this text.</summary>
    public Task TextAsync(string selector, string text) =>
        UntilAsync("([selector, text]) => document.querySelector(selector)?.textContent.trim() === text", new[] { selector, text });

    /// <summary>The points of the line of the page's first chart.</summary>
    public Task<int> PointsAsync() => Page.EvaluateAsync<int>(PointsScript);

    /// <summary>Waits until the line of the page's first chart has so many points.</summary>
    public Task PointsAsync(int count) => UntilAsync($"{PointsScript} === {count}");

    /// <summary>The computer changes from light to dark or back, and the page with it, as it stands.</summary>
    public async Task ChangeThemeAsync()
    {
        Theme = Theme is ColorScheme.Light ? ColorScheme.Dark : ColorScheme.Light;
        await Page.EmulateMediaAsync(new() { ColorScheme = Theme });
        await UntilAsync(
            """
            isDark => {
              const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number);
              return (red + green + blue < 200) === isDark && !document.getAnimations().some(a => a instanceof CSSTransition);
            }
            """,
            Theme is ColorScheme.Dark);
    }

    /// <summary>What axe finds serious or critical for people who see or move otherwise: rule, help and the elements.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync() => await Axe.BarriersAsync(Page);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private const StringComparison Exactly = StringComparison.Ordinal;

    private const string PointsScript =
        "(document.querySelector('.apexcharts-line-series path')?.getAttribute('d')?.match(/[ML]/g) ?? []).length";

    /// <summary>Signs in beside the window, which then needs no page for it.</summary>
    private async Task TakeSessionAsync()
    {
        using var administrator = new PeopleClient(_portal);
        using var answer = await administrator.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await _context.AddCookiesAsync(administrator.Cookies.GetAllCookies().Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Url = _portal.ToString(),
            HttpOnly = cookie.HttpOnly,
        }));
    }

    private bool IsElsewhere(string url) =>
        new Uri(url) is { Scheme: "http" or "https" or "ws" or "wss" } uri && uri.Authority != _portal.Authority;

    private void Note(bool isFault, string what)
    {
        if (isFault)
        {
            _faults.Enqueue(what);
        }
    }
}
