namespace Efento.Portal.Components.Pages.Points;

/// <summary>A range that ends now.</summary>
/// <param name="Key">Its name in the page's address.</param>
/// <param name="Span">Its length; null for everything.</param>
public sealed record HistoryRange(string Key, TimeSpan? Span)
{
    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<HistoryRange> All { get; } =
    [
        new("1h", TimeSpan.FromHours(1)),
        new("6h", TimeSpan.FromHours(6)),
        new("24h", TimeSpan.FromHours(24)),
        new("7d", TimeSpan.FromDays(7)),
        new("30d", TimeSpan.FromDays(30)),
        new("1y", TimeSpan.FromDays(365)),
        new("all", null),
    ];

    /// <summary>The default: 24 hours.</summary>
    public static HistoryRange Usual => All[2];

    /// <summary>The name for display.</summary>
    public string Label => Key switch
    {
        "1h" => PointsText.Range1h,
        "6h" => PointsText.Range6h,
        "24h" => PointsText.Range24h,
        "7d" => PointsText.Range7d,
        "30d" => PointsText.Range30d,
        "1y" => PointsText.Range1y,
        _ => PointsText.RangeAll,
    };

    /// <summary>The name within a sentence, after "over 91 % of".</summary>
    public string InSentence => Key switch
    {
        "1h" => PointsText.Last1h,
        "6h" => PointsText.Last6h,
        "24h" => PointsText.Last24h,
        "7d" => PointsText.Last7d,
        "30d" => PointsText.Last30d,
        "1y" => PointsText.Last1y,
        _ => PointsText.LastAll,
    };

    /// <summary>The range with a key.</summary>
    public static HistoryRange Of(string? key) => All.FirstOrDefault(r => r.Key == key) ?? Usual;
}
