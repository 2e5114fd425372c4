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
    public static IReadOnlyList<(string Key, string Words)> All =>
    [
        ("1h", QuarantinePageText.LastHour),
        ("1d", QuarantinePageText.Last24Hours),
        ("7d", QuarantinePageText.Last7Days),
        ("30d", QuarantinePageText.Last30Days),
        (Older, QuarantinePageText.Older30Days),
    ];

    /// <summary>From when on and until when; null where it is open, both for an unknown key.</summary>
    public static (DateTimeOffset? SinceUtc, DateTimeOffset? BeforeUtc) Of(string? key, DateTimeOffset now) =>
        key == Older ? (null, now - Month)
        : key is not null && Within.TryGetValue(key, out var span) ? (now - span, null)
        : (null, null);
}
