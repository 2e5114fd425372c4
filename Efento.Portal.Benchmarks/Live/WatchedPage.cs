using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace Efento.Portal.Benchmarks.Live;

/// <summary>The overview in a visible page of Chromium, watched for changes of one logger's first value.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private const string Watch =
        """
        serial => {
            let last = '';
            const look = () => {
                const text = document.querySelector(`.logger-tile:has(a[href="loggers/${serial}"]) .figure b`)?.textContent ?? '';
                if (text !== last) {
                    last = text;
                    window.changed(text);
                }
            };
            new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
            look();
        }
        """;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _awaited = new();
    private readonly List<string> _errors = [];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private WatchedPage(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>What the page wrote to the console as errors.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Opens the page.</summary>
    /// <param name="visitor">Who opens it.</param>
    /// <param name="chromium">The browser's program.</param>
    /// <param name="serial">The logger that is watched.</param>
    public static async Task<WatchedPage> OpenAsync(Visitor visitor, string chromium, string serial)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var watched = new WatchedPage(playwright, browser);
        var address = visitor.Client.BaseAddress!;
        var page = await browser.NewPageAsync();
        await page.Context.AddCookiesAsync(
            visitor.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = address.ToString() }));
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                watched._errors.Add(message.Text);
            }
        };
        await page.ExposeFunctionAsync("changed", (string text) => watched.Changed(text));
        await page.GotoAsync(address.ToString());
        await page.WaitForSelectorAsync("portal-live", new() { State = WaitForSelectorState.Attached, Timeout = 30_000 });
        await page.EvaluateAsync(Watch, serial);
        return watched;
    }

    /// <summary>When the value shows <paramref name="text"/>, in stopwatch ticks.</summary>
    public Task<long> ShowsAsync(string text) =>
        _awaited.GetOrAdd(text, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Changed(string text) =>
        _awaited.GetOrAdd(text, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(Stopwatch.GetTimestamp());
}
