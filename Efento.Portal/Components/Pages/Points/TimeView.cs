using System.Globalization;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.History;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>The range that a page shows: a live one that ends now and moves with the clock, or a fixed one.</summary>
/// <param name="Range">The length of a live range; null for a fixed range.</param>
/// <param name="FromUtc">The begin of a fixed range.</param>
/// <param name="ToUtc">The end of a fixed range.</param>
public sealed record TimeView(HistoryRange? Range, DateTimeOffset FromUtc = default, DateTimeOffset ToUtc = default)
{
    /// <summary>The shortest range.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The longest range.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(20 * 365);

    /// <summary>Whether the range moves with the clock.</summary>
    public bool IsLive => Range is not null;

    /// <summary>The range in the page's address.</summary>
    public string Query => Range is { } range
        ? $"range={range.Key}"
        : $"from={Uri.EscapeDataString(Iso.Of(FromUtc)!)}&to={Uri.EscapeDataString(Iso.Of(ToUtc)!)}";

    /// <summary>The range that an address asks for; the default if it is invalid.</summary>
    public static TimeView Of(string? range, string? from, string? to) =>
        Parse(from) is { } begin && Parse(to) is { } end && begin < end ? Between(begin, end) : new(HistoryRange.Of(range));

    /// <summary>A fixed range, limited to the shortest and longest length.</summary>
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

    /// <summary>A range enlarged or reduced around its middle.</summary>
    public static ChartView Zoomed(ChartView view, double factor)
    {
        var half = (view.ToUtc - view.FromUtc) * (factor / 2);
        var middle = view.FromUtc + ((view.ToUtc - view.FromUtc) / 2);
        return new(middle - half, middle + half);
    }

    /// <summary>A range moved by a share of its length.</summary>
    public static ChartView Moved(ChartView view, double share)
    {
        var by = (view.ToUtc - view.FromUtc) * share;
        return new(view.FromUtc + by, view.ToUtc + by);
    }

    /// <summary>
    /// A long range, of which a chart shows whole days, made longer to whole days of the zone: the mean of a part of a day would look like
    /// a change. Only today is not whole.
    /// </summary>
    public static ChartView WholeDays(ChartView view, TimeZoneInfo zone, DateTimeOffset nowUtc)
    {
        if (view.ToUtc - view.FromUtc <= BucketGrid.LongestWithoutDays)
        {
            return view;
        }

        var end = WallTime.StartOf(zone, DayOf(view.ToUtc.AddTicks(-1), zone).AddDays(1));
        return new(WallTime.StartOf(zone, DayOf(view.FromUtc, zone)), end <= nowUtc ? end : view.ToUtc);
    }

    private static DateOnly DayOf(DateTimeOffset utc, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
        && moment.Year is >= 1970 and < 2200
            ? moment
            : null;
}
