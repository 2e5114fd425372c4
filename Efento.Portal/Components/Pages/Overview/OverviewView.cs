using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>Which measuring points the overview shows.</summary>
public enum OverviewFilter
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those somebody should look after: late, silent, never seen, or with something to be said of a value.</summary>
    Trouble,

    /// <summary>Those whose value is late.</summary>
    Late,

    /// <summary>Those that are silent or were never seen.</summary>
    Silent,

    /// <summary>Those in order of whose values something is to be said.</summary>
    Remark,

    /// <summary>Those in order.</summary>
    Order,

    /// <summary>Those nothing is awaited of: not synchronised, or in maintenance.</summary>
    Paused,
}

/// <summary>What comes first within a section.</summary>
public enum OverviewSort
{
    /// <summary>Trouble, then by name; sections with trouble come first, too.</summary>
    Trouble,

    /// <summary>By name.</summary>
    Name,

    /// <summary>The largest value, like with like.</summary>
    Value,

    /// <summary>The oldest value.</summary>
    Age,
}

/// <summary>How somebody looks at the overview: all of it stands in the address of the page, so that it can be kept and sent.</summary>
/// <param name="Search">Words that stand in the name, the serial or the location.</param>
/// <param name="Filter">Which ones.</param>
/// <param name="Sort">What comes first.</param>
/// <param name="IsCompact">Small tiles.</param>
/// <param name="Folded">The keys of the sections that are folded.</param>
public sealed record OverviewView(string Search, OverviewFilter Filter, OverviewSort Sort, bool IsCompact, IReadOnlySet<int> Folded)
{
    /// <summary>Whether something is left out.</summary>
    public bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || Filter is not OverviewFilter.All;

    /// <summary>What the parameters of an address say; what they don't is as it is at first.</summary>
    public static OverviewView Of(string? search, string? filter, string? sort, string? size, string? folded) => new(
        search ?? "",
        Parse<OverviewFilter>(filter),
        Parse<OverviewSort>(sort),
        size == "compact",
        (folded ?? "").Split('.').Select(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1).Where(id => id >= 0).ToHashSet());

    /// <summary>The address of the page with this view; what is as at first is left out.</summary>
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

    /// <summary>A section folded, or unfolded if it was.</summary>
    public OverviewView Fold(int section) => this with { Folded = Folded.Contains(section) ? Folded.Where(f => f != section).ToHashSet() : Folded.Append(section).ToHashSet() };

    /// <inheritdoc/>
    public bool Equals(OverviewView? other) => other is not null && Address() == other.Address();

    /// <inheritdoc/>
    public override int GetHashCode() => Address().GetHashCode(StringComparison.Ordinal);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Parse<T>(string? word)
        where T : struct, Enum => Enum.GetValues<T>().FirstOrDefault(value => Word(value) == word);
}
