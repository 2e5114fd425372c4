namespace Efento.Portal.Components.Pages.Admin.Quarantine;

/// <summary>The times the quarantine is filtered by.</summary>
public static class QuarantineTimes
{
    private const string Older = "older";
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private static readonly Dictionary<string, TimeSpan> Within = new()
    {
        ["1h"] = TimeSpan.FromHours(1),
        ["1d"] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = Month,
    };

    /// <summary>Each with its words.</summary>
    public static IReadOnlyList<(string Key, string Words)> All { get; } =
    [
        ("1h", "In the last hour"),
        ("1d", "In the last 24 hours"),
        ("7d", "In the last 7 days"),
        ("30d", "In the last 30 days"),
        (Older, "Not in the last 30 days"),
    ];

    /// <summary>From when on and until when; null where it is open, both for an unknown key.</summary>
    public static (DateTimeOffset? SinceUtc, DateTimeOffset? BeforeUtc) Of(string? key, DateTimeOffset now) =>
        key == Older ? (null, now - Month)
        : key is not null && Within.TryGetValue(key, out var span) ? (now - span, null)
        : (null, null);
}
