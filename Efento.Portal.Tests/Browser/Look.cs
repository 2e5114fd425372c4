using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>
/// A look at a page as it stands: does it fit, and what is in the way of people who see or move otherwise?
/// Pictures go to artifacts/screenshots: all if the environment variable PORTAL_PICTURES is 1, else those of pages with a fault.
/// </summary>
internal static class Look
{
    /// <summary>The faults of the page in its theme and in the other one, in which it stays.</summary>
    /// <param name="browser">The page.</param>
    /// <param name="name">What it shows, for faults and pictures.</param>
    public static async Task<IReadOnlyList<string>> InBothThemesAsync(PageInBrowser browser, string name)
    {
        var faults = await InOneThemeAsync(browser, name);
        await browser.ChangeThemeAsync();
        return [.. faults, .. await InOneThemeAsync(browser, name, Axe.Contrast)];
    }

    /// <summary>Whether the page fits windows of other widths, too; it is as wide as before then.</summary>
    /// <param name="browser">The page.</param>
    /// <param name="name">What it shows, for faults and pictures.</param>
    /// <param name="widths">The widths in px.</param>
    public static async Task<IReadOnlyList<string>> AtWidthsAsync(PageInBrowser browser, string name, params int[] widths)
    {
        var (width, height) = (browser.Page.ViewportSize!.Width, browser.Page.ViewportSize!.Height);
        List<string> faults = [];
        foreach (var other in widths)
        {
            await browser.Page.SetViewportSizeAsync(other, height);

            // What follows the size of its box does so with the next frames.
            await browser.Page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
            faults.AddRange(await AtFitAsync(browser, name));
        }

        await browser.Page.SetViewportSizeAsync(width, height);
        return faults;
    }

    /// <summary>The faults of the page in its theme.</summary>
    /// <param name="browser">The page.</param>
    /// <param name="name">What it shows, for faults and pictures.</param>
    /// <param name="rule">The one rule of axe to apply; all if null.</param>
    public static async Task<IReadOnlyList<string>> InOneThemeAsync(PageInBrowser browser, string name, string? rule = null)
    {
        var barriers = await Axe.BarriersAsync(browser.Page, rule);
        var misfits = await AtFitAsync(browser, name, barriers.Length > 0);
        return [.. barriers.Select(barrier => $"{name}, {browser.Theme}: {barrier}"), .. misfits];
    }

    /// <summary>Whether the page is too wide for its window, and which of its figures are cut or lie over another.</summary>
    /// <param name="browser">The page.</param>
    /// <param name="name">What it shows, for faults and pictures.</param>
    /// <param name="isAtFault">Whether a picture is wanted in any case.</param>
    public static async Task<IReadOnlyList<string>> AtFitAsync(PageInBrowser browser, string name, bool isAtFault = false)
    {
        var width = browser.Page.ViewportSize!.Width;
        var misfits = await browser.Page.EvaluateAsync<string[]>(Figures.Misfits);
        if (misfits.Length > 0 || isAtFault || Environment.GetEnvironmentVariable("PORTAL_PICTURES") == "1")
        {
            await TakePictureAsync(browser.Page, $"{name}-{width}-{browser.Theme}");
        }

        return [.. misfits.Select(misfit => $"{name}, {browser.Theme}, {width} px: {misfit}")];
    }

    private static Task TakePictureAsync(IPage page, string name)
    {
        var file = string.Join('-', name.Split('/', '?', '=', '{', '}', ':', '&')).ToLowerInvariant();
        return page.ScreenshotAsync(new() { Path = RepositoryFiles.PathOf($"artifacts/screenshots/{file}.png"), FullPage = true });
    }
}
