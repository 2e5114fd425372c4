namespace Efento.Portal.Components.Pages.Loggers;

/// <summary>How far back a chart reaches.</summary>
/// <param name="Key">Its name in the page's address.</param>
/// <param name="Label">What people read.</param>
/// <param name="Span">How far.</param>
public sealed record HistoryRange(string Key, string Label, TimeSpan Span)
{
    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<HistoryRange> All { get; } =
    [
        new("1h", "1 h", TimeSpan.FromHours(1)),
        new("24h", "24 h", TimeSpan.FromHours(24)),
        new("7d", "7 d", TimeSpan.FromDays(7)),
        new("30d", "30 d", TimeSpan.FromDays(30)),
    ];

    /// <summary>Taken when none or an unknown one is named: 24 hours.</summary>
    public static HistoryRange Usual => All[1];

    /// <summary>The range of a key.</summary>
    public static HistoryRange Of(string? key) => All.FirstOrDefault(r => r.Key == key) ?? Usual;
}
