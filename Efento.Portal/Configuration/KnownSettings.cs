using System.Reflection;

namespace Efento.Portal.Configuration;

/// <summary>All settings, found by reflection on the options classes.</summary>
internal static class KnownSettings
{
    /// <summary>The full key of each setting, with its property.</summary>
    public static IReadOnlyDictionary<string, PropertyInfo> All { get; } =
        Walk(typeof(PortalOptions), PortalOptions.Section).ToDictionary(s => s.Key, s => s.Property, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a property of this type is a group of settings, not a setting.</summary>
    public static bool IsGroup(Type type) => type is { IsClass: true, IsArray: false } && type != typeof(string);

    /// <summary>The known key that is most similar to an unknown one; null if none is similar enough.</summary>
    public static string? Nearest(string unknown)
    {
        var name = NameOf(unknown);
        var nearest = All.Keys
            .Concat(All.Keys.Select(GroupOf)).Distinct()
            .Select(key => (Key: key, Distance: Distance(name, NameOf(key))))
            .OrderBy(known => known.Distance)
            .ThenByDescending(known => GroupOf(known.Key).Equals(GroupOf(unknown), StringComparison.OrdinalIgnoreCase))
            .First();
        return nearest.Distance <= Math.Max(1, name.Length / 3) ? nearest.Key : null;
    }

    private static IEnumerable<(string Key, PropertyInfo Property)> Walk(Type options, string group) =>
        from property in options.GetProperties()
        let key = $"{group}:{property.Name}"
        from setting in IsGroup(property.PropertyType) ? Walk(property.PropertyType, key) : [(key, property)]
        select setting;

    private static string NameOf(string key) => key[(key.LastIndexOf(':') + 1)..].ToUpperInvariant();

    private static string GroupOf(string key) => key[..Math.Max(0, key.LastIndexOf(':'))];

    /// <summary>The number of insertions, deletions and substitutions that turn one word into the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        foreach (var letter in one)
        {
            var diagonal = row[0]++;
            for (var i = 1; i <= other.Length; i++)
            {
                var changed = diagonal + (letter == other[i - 1] ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(changed, 1 + Math.Min(diagonal, row[i - 1]));
            }
        }

        return row[^1];
    }
}
