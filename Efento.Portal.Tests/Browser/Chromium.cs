using Efento.Portal.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Efento.Portal.Tests.Browser;

/// <summary>
/// The machine's own headless Chromium, started by the first test that needs it and shared by all. Debian also has it without the windows'
/// own controls, which nobody sees here: that takes two thirds of the time, but it has no push messages.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string WithoutControls = "chromium-headless-shell";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // Chromium heeds the last list alone, so what Playwright switches off is named again. The lists of suggestions below the address line
    // are two pages of their own in each window, and half of what a window costs.
    private static readonly string[] Off =
    [
        "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
        "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
        "BlockOriginHeaderModificationOnRedirect", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls",
        "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding",
        "ThirdPartyStoragePartitioning", "Translate",
    ];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", $"--disable-features={string.Join(',', Off)}",
    ];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, IBrowser> _browsers = [];
    private IPlaywright? _playwright;

    /// <summary>A browser window of its own, with a new profile. Without Chromium the test is skipped, but never in CI.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        var program = ProgramFor(options);
        await _turn.WaitAsync();
        try
        {
            if (!_browsers.TryGetValue(program, out var browser))
            {
                _playwright ??= await Playwright.CreateAsync();
                browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments });
                _browsers.Add(program, browser);
            }

            return await browser.NewContextAsync(options);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
        {
            await browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _turn.Dispose();
    }

    private static string ProgramFor(BrowserNewContextOptions options)
    {
        var path = Find(options.ServiceWorkers is ServiceWorkerPolicy.Block ? [WithoutControls, .. Names] : Names);
        if (path is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Assert.Skip("No Chromium on this machine.");
        }

        Assert.True(path is not null, "CI needs Chromium on the PATH.");
        return path;
    }

    private static string? Find(string[] names) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(directory => names.Select(name => Path.Combine(directory, name)))
            .Where(File.Exists)
            .MinBy(path => Array.IndexOf(names, Path.GetFileName(path)));
}
