namespace Efento.Portal.Components.Pages.Help;

/// <summary>
/// The topics of the help: a page in each language for each kind of page (docs/help), and the documents for those who run the portal, which
/// are in English.
/// </summary>
internal static class HelpTopics
{
    /// <summary>What the help begins with.</summary>
    public const string First = "overview";

    /// <summary>The topics that are written in each language, in order.</summary>
    public static IReadOnlyList<string> Topics { get; } =
    [
        First, "alarm", "points", "compare", "wall", "gateways", "loggers", "locations", "rules", "telling", "channels", "tokens",
        "maintenance", "backup", "quarantine", "people", "settings", "audit", "account",
    ];

    /// <summary>The documents, in English.</summary>
    public static IReadOnlyList<string> Documents { get; } =
        ["operations", "security", "gateway-api", "read-api", "live-hub", "history", "alarms", "notifications", "outgoing", "third-party-licences"];

    // The longest beginning of an address decides.
    private static readonly (string Beginning, string Topic)[] Pages =
    [
        ("", First), ("alarms", "alarm"), ("points", "points"), ("loggers", "points"), ("compare", "compare"), ("wall", "wall"), ("gateways", "gateways"),
        ("account", "account"), ("admin", "tokens"), ("admin/tokens", "tokens"), ("admin/loggers", "loggers"),
        ("admin/locations", "locations"), ("admin/rules", "rules"), ("admin/notifications", "telling"), ("admin/channels", "channels"),
        ("admin/deliveries", "channels"), ("admin/maintenance", "maintenance"), ("admin/backup", "backup"), ("admin/quarantine", "quarantine"),
        ("admin/screens", "wall"), ("admin/users", "people"), ("admin/settings", "settings"), ("admin/audit", "audit"), ("help", First), ("about", "account"),
        ("demo/mail", "telling"),
    ];

    /// <summary>The topic of a page; null if the page has none.</summary>
    /// <param name="path">The page's address within the portal, without its parameters.</param>
    public static string? Of(string path)
    {
        var parts = path.Trim('/').Split('/');
        return Pages.Where(page => page.Beginning.Split('/') is var its && parts.Take(its.Length).SequenceEqual(its))
            .OrderByDescending(page => page.Beginning.Length)
            .Select(page => page.Topic)
            .FirstOrDefault();
    }
}
