namespace Efento.Portal.Components.Pages.Admin.Quarantine;

/// <summary>The times in the filter of the quarantine.</summary>
internal static class QuarantineTimes
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

    /// <summary>The keys and texts.</summary>
    public static IReadOnlyList<(string Key, string Words)> All =>
    [
        ("1h", QuarantinePageText.LastHour),
        ("1d", QuarantinePageText.Last24Hours),
        ("7d", QuarantinePageText.Last7Days),
        ("30d", QuarantinePageText.Last30Days),
        (Older, QuarantinePageText.Older30Days),
    ];

    /// <summary>The begin and the end; null if open. Both are null for an unknown key.</summary>
    public static (DateTimeOffset? SinceUtc, DateTimeOffset? BeforeUtc) Of(string? key, DateTimeOffset now) =>
        key == Older ? (null, now - Month)
        : key is not null && Within.TryGetValue(key, out var span) ? (now - span, null)
        : (null, null);
}
