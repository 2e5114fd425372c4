using System.Globalization;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>The places of a site with the rules that are set there: the site, its locations and its measuring points.</summary>
internal static class RuleTree
{
    /// <summary>The site with everything in it.</summary>
    public static RuleNode Of(RuleBook book, LocationTree tree, IReadOnlyList<PlacedPoint> points)
    {
        var rules = book.All.Where(r => r.UntilMs == long.MaxValue).OrderBy(r => r.Kind).ThenBy(r => r.Type).ThenBy(r => r.Id)
            .ToLookup(r => RulePlace.Of(r) with { Channel = null });
        var locations = tree.All.ToLookup(l => l.ParentId);
        var byLocation = points.ToLookup(p => tree.Find(p.LocationId)?.Id);
        RuleNode[] waiting =
        [
            .. from place in rules
               where place.Key.Serial is not null
               select new RuleNode($"s{place.Key.Serial}", place.Key, place.Key.Serial!, [.. place], []),
        ];
        return new("site", RulePlace.Site, RulesPageText.WholeSite, [.. rules[RulePlace.Site]], [.. Within(null), .. waiting]);

        IEnumerable<RuleNode> Within(int? parent) =>
        [
            .. locations[parent].Select(l => OfPlace($"l{Key(l.Id)}", new() { LocationId = l.Id }, l.Name, Within(l.Id))),
            .. byLocation[parent].Select(p => OfPlace($"p{Key(p.Id)}", new() { PointId = p.Id }, p.Name, []) with { Point = p }),
        ];

        RuleNode OfPlace(string key, RulePlace place, string name, IEnumerable<RuleNode> within) =>
            new(key, place, name, [.. rules[place]], [.. within]);
    }

    private static string Key(int id) => id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A place in the tree.</summary>
/// <param name="Key">Its key in the tree.</param>
/// <param name="Place">The place.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rules">The rules that are set there.</param>
/// <param name="Within">The places in it.</param>
public sealed record RuleNode(
    string Key, RulePlace Place, string Name, IReadOnlyList<AlarmRule> Rules, IReadOnlyList<RuleNode> Within)
{
    /// <summary>The measuring point; null if it is none, or one that has not been heard.</summary>
    public PlacedPoint? Point { get; init; }

    /// <summary>Whether a rule is set there or anywhere in it.</summary>
    public bool HasRules { get; } = Rules.Count > 0 || Within.Any(n => n.HasRules);

    /// <summary>The keys of the locations with rules, and of those around them. A point says how many it has as it is.</summary>
    public IEnumerable<string> KeysWithRules() =>
        HasRules && !Place.IsPoint ? [Key, .. Within.SelectMany(n => n.KeysWithRules())] : [];
}
