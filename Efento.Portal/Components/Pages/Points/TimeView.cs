using System.Globalization;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>The time a page shows: one that reaches to now and moves on with it, or a fixed one in which nothing jumps.</summary>
/// <param name="Range">How far back from now; null for a fixed time.</param>
/// <param name="FromUtc">The begin of a fixed time.</param>
/// <param name="ToUtc">The end of a fixed time.</param>
public sealed record TimeView(HistoryRange? Range, DateTimeOffset FromUtc = default, DateTimeOffset ToUtc = default)
{
    /// <summary>The shortest time that is shown.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The longest time that is shown.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(20 * 365);

    /// <summary>Whether it moves on with the clock.</summary>
    public bool IsLive => Range is not null;

    /// <summary>It in the page's address.</summary>
    public string Query => Range is { } range
        ? $"range={range.Key}"
        : $"from={Uri.EscapeDataString(Iso.Of(FromUtc)!)}&to={Uri.EscapeDataString(Iso.Of(ToUtc)!)}";

    /// <summary>What an address asks for; the usual range where it is not understood.</summary>
    public static TimeView Of(string? range, string? from, string? to) =>
        Parse(from) is { } begin && Parse(to) is { } end && begin < end ? Between(begin, end) : new(HistoryRange.Of(range));

    /// <summary>A fixed time, as long or short as can be shown.</summary>
    public static TimeView Between(DateTimeOffset fromUtc, DateTimeOffset toUtc)
    {
        var length = toUtc - fromUtc;
        if (length >= Shortest && length <= Longest)
        {
            return new(null, fromUtc, toUtc);
        }

        var half = (length < Shortest ? Shortest : Longest) / 2;
        var middle = fromUtc + (length / 2);
        return new(null, middle - half, middle + half);
    }

    /// <summary>A time seen closer or from farther, around its middle.</summary>
    public static ChartView Zoomed(ChartView view, double factor)
    {
        var half = (view.ToUtc - view.FromUtc) * (factor / 2);
        var middle = view.FromUtc + ((view.ToUtc - view.FromUtc) / 2);
        return new(middle - half, middle + half);
    }

    /// <summary>A time moved by a share of its length.</summary>
    public static ChartView Moved(ChartView view, double share)
    {
        var by = (view.ToUtc - view.FromUtc) * share;
        return new(view.FromUtc + by, view.ToUtc + by);
    }

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
        && moment.Year is >= 1970 and < 2200
            ? moment
            : null;
}
