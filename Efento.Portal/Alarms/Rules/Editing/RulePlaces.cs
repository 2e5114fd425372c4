using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>The places that rules name, at the moment of writing. Locations that are missing are made.</summary>
internal sealed class RulePlaces
{
    /// <summary>The longest serial of a logger. Source: docs/gateway-api.md.</summary>
    private const int LongestSerial = 64;

    private readonly List<string> _made = [];
    private LocationTree? _tree;

    /// <summary>The database, within the transaction.</summary>
    public required PortalDbContext Db { get; init; }

    /// <summary>All locations, those made as well.</summary>
    public required List<Location> Locations { get; init; }

    /// <summary>The names of all points.</summary>
    public required Dictionary<int, string> Points { get; init; }

    /// <summary>The points at which loggers measure, by their serials.</summary>
    public required Dictionary<string, int> PointsOfLoggers { get; init; }

    /// <summary>The paths of the locations that were made.</summary>
    public IReadOnlyList<string> Made => _made;

    private LocationTree Tree => _tree ??= new LocationTree(Locations);

    /// <summary>Reads them.</summary>
    public static async Task<RulePlaces> ReadAsync(PortalDbContext db, CancellationToken cancellationToken) => new()
    {
        Db = db,
        Locations = await db.Locations.ToListAsync(cancellationToken),
        Points = await db.MeasuringPoints.ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken),
        PointsOfLoggers = (await AssignedLogger.ReadAsync(db, cancellationToken)).DistinctBy(a => a.Serial)
            .ToDictionary(a => a.Serial, a => a.PointId),
    };

    /// <summary>The draft with the keys of its place, or what is wrong with the place.</summary>
    public async Task<(RuleDraft Draft, RuleFault? Fault)> ResolveAsync(RuleDraft draft, CancellationToken cancellationToken)
    {
        switch (draft.Place)
        {
            case { Path: { } path }:
                return await FindOrMakeAsync(path, cancellationToken) is { } location
                    ? (draft with { Place = new() { LocationId = location.Id } }, null)
                    : (draft, new(RuleFaultKind.Path, "place", string.Join('/', path)));
            case { Serial: { } typed, Channel: var channel }:
                return SerialNumber.Fold(typed) is { Length: > 0 and <= LongestSerial } serial
                    ? (draft with { Place = OfLogger(serial, channel) }, null)
                    : (draft, new(RuleFaultKind.Serial, "place.logger", typed));
            case { LocationId: { } id } when Tree.Find(id) is null:
            case { PointId: { } point } when !Points.ContainsKey(point):
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
            { PointId: { } point } => $"measuring point {point} {Points.GetValueOrDefault(point)}{channel}",
            { Serial: { } serial } => $"logger {serial}{channel}",
            _ => PathOf(null),
        };
    }

    /// <summary>A location in words; null for the whole site.</summary>
    public string PathOf(int? location) =>
        location is null ? "the whole site" : Tree.Find(location)?.Path ?? $"location {location}";

    private RulePlace OfLogger(string serial, byte? channel) => PointsOfLoggers.TryGetValue(serial, out var point)
        ? new() { PointId = point, Channel = channel }
        : new() { Serial = serial, Channel = channel };

    /// <summary>The location of a path; what is missing of it is made. Null if a name can't be used.</summary>
    public async Task<Location?> FindOrMakeAsync(IReadOnlyList<string> path, CancellationToken cancellationToken)
    {
        if (path.Count is 0 or > Location.MostLevels || path.Any(name => name.Trim().Length is 0 or > Location.MostLetters))
        {
            return null;
        }

        Location? location = null;
        foreach (var name in path)
        {
            location = Within(location?.Id).FirstOrDefault(l => l.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
                ?? await MakeAsync(location, name.Trim(), cancellationToken);
        }

        return location;
    }

    private async Task<Location> MakeAsync(Location? parent, string name, CancellationToken cancellationToken)
    {
        var made = new Location { ParentId = parent?.Id, Name = name, Position = Within(parent?.Id).Count() };
        Db.Locations.Add(made);
        await Db.SaveChangesAsync(cancellationToken);
        Locations.Add(made);
        _tree = null;
        _made.Add(Tree.Find(made.Id)!.Path);
        return made;
    }

    private IEnumerable<Location> Within(int? parent) => Locations.Where(l => l.ParentId == parent);
}
