using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>
/// The places that rules name, at the moment of writing. Locations that are missing are made, or planned with keys below 0.
/// </summary>
internal sealed class RulePlaces
{
    /// <summary>The longest serial of a logger. Source: docs/gateway-api.md.</summary>
    private const int LongestSerial = 64;

    private readonly List<Location> _made = [];
    private readonly Dictionary<int, Location> _byId = [];
    private readonly Dictionary<int, Dictionary<string, Location>> _within = [];
    private readonly Dictionary<int, string> _points;
    private readonly Dictionary<string, int> _pointsOfLoggers;

    private RulePlaces(IEnumerable<Location> locations, Dictionary<int, string> points, IEnumerable<AssignedLogger> loggers)
    {
        (_points, _pointsOfLoggers) = (points, loggers.DistinctBy(a => a.Serial).ToDictionary(a => a.Serial, a => a.PointId));
        foreach (var location in locations.OrderBy(l => l.Id))
        {
            Add(location);
        }
    }

    /// <summary>All locations, those made or planned as well.</summary>
    public IReadOnlyCollection<Location> Locations => _byId.Values;

    /// <summary>The locations that were made or planned, each after the one it lies in.</summary>
    public IReadOnlyList<Location> Made => _made;

    /// <summary>Reads them.</summary>
    public static async Task<RulePlaces> ReadAsync(PortalDbContext db, CancellationToken cancellationToken) => new(
        await db.Locations.AsNoTracking().ToListAsync(cancellationToken),
        await db.MeasuringPoints.ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken),
        await AssignedLogger.ReadAsync(db, cancellationToken));

    /// <summary>The draft with the keys of its place, or what is wrong with the place.</summary>
    public (RuleDraft Draft, RuleFault? Fault) Resolve(RuleDraft draft)
    {
        switch (draft.Place)
        {
            case { Path: { } path }:
                return FindOrPlan(path) is { } location
                    ? (draft with { Place = new() { LocationId = location.Id } }, null)
                    : (draft, new(RuleFaultKind.Path, "place", string.Join('/', path)));
            case { Serial: { } typed, Channel: var channel }:
                return SerialNumber.Fold(typed) is { Length: > 0 and <= LongestSerial } serial
                    ? (draft with { Place = OfLogger(serial, channel) }, null)
                    : (draft, new(RuleFaultKind.Serial, "place.logger", typed));
            case { LocationId: { } id } when !_byId.ContainsKey(id):
            case { PointId: { } point } when !_points.ContainsKey(point):
                return (draft, new(RuleFaultKind.PlaceGone, "place"));
            default:
                return (draft, null);
        }
    }

    /// <summary>A rule in words for the audit trail and commands.</summary>
    public string InWords(AlarmRule rule) => RuleInWords.Of(rule, InWords(RulePlace.Of(rule)));

    private string InWords(RulePlace place)
    {
        var channel = place.Channel is { } number ? $", channel {number}" : "";
        return place switch
        {
            { LocationId: { } location } => PathOf(location),
            { PointId: { } point } => $"measuring point {point} {_points.GetValueOrDefault(point)}{channel}",
            { Serial: { } serial } => $"logger {serial}{channel}",
            _ => PathOf(null),
        };
    }

    /// <summary>A location in words; null for the whole site.</summary>
    public string PathOf(int? location)
    {
        if (location is not { } key)
        {
            return "the whole site";
        }

        List<string> names = [];
        for (var at = _byId.GetValueOrDefault(key); at is not null; at = at.ParentId is { } parent ? _byId.GetValueOrDefault(parent) : null)
        {
            names.Insert(0, at.Name);
        }

        return names.Count == 0 ? $"location {location}" : string.Join(LocationTree.Separator, names);
    }

    /// <summary>The location of a path; what is missing of it is planned. Null if a name can't be used.</summary>
    public Location? FindOrPlan(IReadOnlyList<string> path)
    {
        if (!IsUsable(path))
        {
            return null;
        }

        Location? location = null;
        foreach (var name in path.Select(name => name.Trim()))
        {
            location = Within(location?.Id).GetValueOrDefault(name) ?? Take(New(location?.Id, name, key: -1 - _made.Count));
        }

        return location;
    }

    /// <summary>The location of a path; what is missing of it is made at once. Null if a name can't be used.</summary>
    public async Task<Location?> FindOrMakeAsync(PortalDbContext db, IReadOnlyList<string> path, CancellationToken cancellationToken)
    {
        if (!IsUsable(path))
        {
            return null;
        }

        Location? location = null;
        foreach (var name in path.Select(name => name.Trim()))
        {
            location = Within(location?.Id).GetValueOrDefault(name)
                ?? Take(await SaveAsync(db, New(location?.Id, name), cancellationToken));
        }

        return location;
    }

    /// <summary>Makes the locations that were planned.</summary>
    /// <returns>The keys that they have now, by the planned ones.</returns>
    public async Task<IReadOnlyDictionary<int, int>> MakePlannedAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        Dictionary<int, int> keys = [];
        foreach (var planned in _made)
        {
            var parent = planned.ParentId is { } key ? keys.GetValueOrDefault(key, key) : (int?)null;
            var made = new Location { ParentId = parent, Name = planned.Name, Position = planned.Position };
            keys[planned.Id] = (await SaveAsync(db, made, cancellationToken)).Id;
        }

        return keys;
    }

    private static bool IsUsable(IReadOnlyList<string> path) =>
        path.Count is > 0 and <= Location.MostLevels && path.All(name => name.Trim().Length is > 0 and <= Location.MostLetters);

    private static async Task<Location> SaveAsync(PortalDbContext db, Location made, CancellationToken cancellationToken)
    {
        db.Locations.Add(made);
        await db.SaveChangesAsync(cancellationToken);
        return made;
    }

    private RulePlace OfLogger(string serial, byte? channel) => _pointsOfLoggers.TryGetValue(serial, out var point)
        ? new() { PointId = point, Channel = channel }
        : new() { Serial = serial, Channel = channel };

    private Location New(int? parent, string name, int key = 0) =>
        new() { Id = key, ParentId = parent, Name = name, Position = Within(parent).Count };

    private Location Take(Location made)
    {
        Add(made);
        _made.Add(made);
        return made;
    }

    private void Add(Location location)
    {
        _byId[location.Id] = location;
        Within(location.ParentId).TryAdd(location.Name, location);
    }

    /// <summary>The locations that lie in one, or at the top, by their names in any spelling.</summary>
    private Dictionary<string, Location> Within(int? parent)
    {
        if (!_within.TryGetValue(parent ?? 0, out var its))
        {
            _within[parent ?? 0] = its = new(StringComparer.OrdinalIgnoreCase);
        }

        return its;
    }
}
