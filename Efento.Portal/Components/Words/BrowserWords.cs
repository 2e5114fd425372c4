namespace Efento.Portal.Components.Words;

/// <summary>Names of browsers.</summary>
internal static class BrowserWords
{
    // The first match counts, because each browser also claims to be those below it.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>The name, such as "Firefox on Windows"; the user agent itself if it is unknown.</summary>
    public static string Of(string userAgent)
    {
        var browser = NameIn(userAgent, Browsers);
        var system = NameIn(userAgent, Systems);
        return (browser, system) switch
        {
            (not null, not null) => DeviceText.BrowserOnSystem(browser, system),
            (null, null) => userAgent.Length == 0 ? DeviceText.UnknownBrowser : userAgent,
            _ => browser ?? DeviceText.SomeBrowserOn(system),
        };
    }

    private static string? NameIn(string userAgent, (string Mark, string Name)[] known) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
