using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>Which measuring points the overview shows.</summary>
public enum OverviewFilter
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Points that need attention: an alarm, a sensor error, late, silent, never heard, or with a remark on a value.</summary>
    Trouble,

    /// <summary>Points with a critical alarm that nobody has acknowledged.</summary>
    Critical,

    /// <summary>Points with a warning that nobody has acknowledged.</summary>
    Warning,

    /// <summary>Points that report water or an alarm.</summary>
    Alarm,

    /// <summary>Points with a sensor that delivers no value.</summary>
    SensorError,

    /// <summary>Points whose value is late.</summary>
    Late,

    /// <summary>Points that are silent or were never heard.</summary>
    Silent,

    /// <summary>Points on time with a remark on their values.</summary>
    Remark,

    /// <summary>Points with an alarm that somebody has acknowledged.</summary>
    Acknowledged,

    /// <summary>Points outside their limits, but not for as long as raises an alarm.</summary>
    Outside,

    /// <summary>Points on time whose values are inside their limits.</summary>
    InOrder,

    /// <summary>Points whose values come on time, on a site that judges none.</summary>
    OnTime,

    /// <summary>Points on time without limits, on a site that has some.</summary>
    NoLimits,

    /// <summary>Points that are not expected to send: not synchronised, or in maintenance.</summary>
    Paused,
}

/// <summary>The order within a section.</summary>
public enum OverviewSort
{
    /// <summary>By trouble, then by name; sections with trouble come first, too.</summary>
    Trouble,

    /// <summary>By name.</summary>
    Name,

    /// <summary>By value, the largest first; grouped by type.</summary>
    Value,

    /// <summary>By age, the oldest value first.</summary>
    Age,
}

/// <summary>The view of the overview. All of it is part of the page's address, so that it can be bookmarked and shared.</summary>
/// <param name="Search">Words that the name, the serial or the location contains.</param>
/// <param name="Filter">The filter.</param>
/// <param name="Sort">The order.</param>
/// <param name="IsCompact">Whether tiles are small.</param>
/// <param name="Folded">The keys of the collapsed sections.</param>
public sealed record OverviewView(string Search, OverviewFilter Filter, OverviewSort Sort, bool IsCompact, IReadOnlySet<int> Folded)
{
    /// <summary>Whether points are hidden.</summary>
    public bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || Filter is not OverviewFilter.All;

    /// <summary>Reads the view from the parameters of an address; missing ones have their defaults.</summary>
    public static OverviewView Of(string? search, string? filter, string? sort, string? size, string? folded) => new(
        search ?? "",
        Parse<OverviewFilter>(filter),
        Parse<OverviewSort>(sort),
        size == "compact",
        (folded ?? "")
            .Split('.')
            .Select(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1)
            .Where(id => id >= 0)
            .ToHashSet());

    /// <summary>The address of the page with this view, without defaults.</summary>
    public string Address()
    {
        Dictionary<string, string?> query = [];
        void Say(string name, string value, bool isOther)
        {
            if (isOther)
            {
                query[name] = value;
            }
        }

        Say("q", Search, Search.Length > 0);
        Say("state", Word(Filter), Filter is not OverviewFilter.All);
        Say("sort", Word(Sort), Sort is not OverviewSort.Trouble);
        Say("size", "compact", IsCompact);
        Say("folded", string.Join('.', Folded.Order().Select(id => id.ToString(CultureInfo.InvariantCulture))), Folded.Count > 0);
        return QueryHelpers.AddQueryString("", query);
    }

    /// <summary>Collapses a section, or expands it if it is collapsed.</summary>
    public OverviewView Fold(int section) =>
        this with { Folded = Folded.Contains(section) ? Folded.Where(f => f != section).ToHashSet() : Folded.Append(section).ToHashSet() };

    /// <inheritdoc/>
    public bool Equals(OverviewView? other) => other is not null && Address() == other.Address();

    /// <inheritdoc/>
    public override int GetHashCode() => Address().GetHashCode(StringComparison.Ordinal);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Parse<T>(string? word)
        where T : struct, Enum => Enum.GetValues<T>().FirstOrDefault(value => Word(value) == word);
}
