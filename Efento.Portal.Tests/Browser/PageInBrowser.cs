using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>A page of the portal in a browser, with everything that went wrong in it.</summary>
public sealed class PageInBrowser : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _portal;
    private readonly ConcurrentQueue<string> _faults = new();

    private PageInBrowser(IBrowserContext context, IPage page, Uri portal)
    {
        (_context, Page, _portal) = (context, page, portal);
        page.Console += (_, message) => Note(message.Type == "error", message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.Request += (_, request) => Note(IsElsewhere(request.Url), request.Url);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors of the console and requests to other hosts.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Opens a window of somebody signed in as the tests' administrator.</summary>
    public static async Task<PageInBrowser> OpenAsync(Chromium chromium, Uri portal, int width = 1440, ColorScheme theme = ColorScheme.Light)
    {
        var browser = await OpenUnknownAsync(chromium, portal, width, theme);
        await browser.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
        return browser;
    }

    /// <summary>Opens a window of somebody who is not signed in.</summary>
    public static async Task<PageInBrowser> OpenUnknownAsync(Chromium chromium, Uri portal, int width = 1440, ColorScheme theme = ColorScheme.Light)
    {
        var context = await chromium.OpenAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = theme,
            TimezoneId = "Europe/Warsaw",
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(15_000);
        return new PageInBrowser(context, await context.NewPageAsync(), portal);
    }

    /// <summary>Signs in and waits for the page that follows.</summary>
    public async Task SignInAsync(string email, string password)
    {
        await Page.GotoAsync(new Uri(_portal, "sign-in?from=/gateways").ToString());
        await Page.FillAsync("#email", email);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("button[type=submit]");
        await Page.WaitForURLAsync("**/gateways");
        await LiveAsync();
    }

    /// <summary>Goes to a page and waits until it follows the portal.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(new Uri(_portal, path).ToString());
        await LiveAsync();
    }

    /// <summary>
    /// Waits until an expression of the page is true, or a function of <paramref name="argument"/>; 20 seconds at most unless told otherwise.
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
        limit);

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

    /// <summary>What axe finds serious or critical for people who see or move otherwise: rule, help and the elements.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync() =>
    [
        .. (await Page.RunAxe()).Violations
            .Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{Page.Url} {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"),
    ];

    /// <summary>Takes a picture of the whole page, for artifacts/screenshots.</summary>
    public Task PictureAsync(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory.Parent is { } parent && !File.Exists(Path.Combine(directory.FullName, "Efento.Portal.sln")))
        {
            directory = parent;
        }

        return Page.ScreenshotAsync(new() { Path = Path.Combine(directory.FullName, "artifacts", "screenshots", $"{name}.png".ToLowerInvariant()), FullPage = true });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private const string PointsScript = "(document.querySelector('.apexcharts-line-series path')?.getAttribute('d')?.match(/[ML]/g) ?? []).length";

    private bool IsElsewhere(string url) => new Uri(url) is { Scheme: "http" or "https" or "ws" or "wss" } uri && uri.Authority != _portal.Authority;

    private void Note(bool isFault, string what)
    {
        if (isFault)
        {
            _faults.Enqueue(what);
        }
    }
}
