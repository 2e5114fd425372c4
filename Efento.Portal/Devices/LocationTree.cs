using System.Collections.Frozen;

namespace Efento.Portal.Devices;

/// <summary>A location in the tree.</summary>
/// <param name="Id">The key.</param>
/// <param name="ParentId">The location it lies in; null at the top.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its name after those of the locations it lies in.</param>
/// <param name="Level">How deep it lies; 1 at the top.</param>
/// <param name="Version">Counts changes by people.</param>
public sealed record LocationEntry(int Id, int? ParentId, string Name, string Path, int Level, int Version);

/// <summary>The tree of locations.</summary>
public sealed class LocationTree
{
    /// <summary>The separator between the names of a path.</summary>
    public const string Separator = " › ";

    private readonly FrozenDictionary<int, LocationEntry> _byId;

    /// <summary>The tree of these locations.</summary>
    public LocationTree(IEnumerable<Location> locations)
    {
        var children = locations.OrderBy(l => l.Position).ThenBy(l => l.Id).ToLookup(l => l.ParentId);
        All = [.. Below(children, null, "", 1)];
        _byId = All.ToFrozenDictionary(l => l.Id);
    }

    /// <summary>All locations; each is followed by those within it.</summary>
    public IReadOnlyList<LocationEntry> All { get; }

    /// <summary>A location; null if there is none of that key.</summary>
    public LocationEntry? Find(int? id) => id is { } key ? _byId.GetValueOrDefault(key) : null;

    /// <summary>Whether a location is one of these or lies in one of them.</summary>
    public bool IsWithin(int? id, IReadOnlyCollection<int> these)
    {
        for (var at = Find(id); at is not null; at = Find(at.ParentId))
        {
            if (these.Contains(at.Id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number of levels from a location down, including its own.</summary>
    public int LevelsFrom(int id) => All.Where(l => IsWithin(l.Id, [id])).Max(l => l.Level) - Find(id)!.Level + 1;

    private static IEnumerable<LocationEntry> Below(ILookup<int?, Location> children, int? parent, string path, int level) =>
        from location in children[parent]
        let entry = new LocationEntry(location.Id, parent, location.Name, path + location.Name, level, location.Version)
        from one in Below(children, location.Id, entry.Path + Separator, level + 1).Prepend(entry)
        select one;
}
