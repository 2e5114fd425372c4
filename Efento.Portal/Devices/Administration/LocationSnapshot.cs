using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>All locations at the moment of writing, with what lies in them, and the notes for the audit trail.</summary>
internal sealed class LocationSnapshot
{
    private readonly List<AuditNote> _notes = [];

    public required PortalDbContext Db { get; init; }

    public required IReadOnlyList<Location> Locations { get; init; }

    public required LocationTree Tree { get; init; }

    public required HashSet<int> WithPoints { get; init; }

    public required HashSet<int> Limiting { get; init; }

    public IReadOnlyList<AuditNote> Notes => _notes;

    public static async Task<LocationSnapshot> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var locations = await db.Locations.ToListAsync(cancellationToken);
        return new LocationSnapshot
        {
            Db = db,
            Locations = locations,
            Tree = new LocationTree(locations),
            WithPoints =
            [
                .. await db.MeasuringPoints.Where(p => p.LocationId != null)
                    .Select(p => p.LocationId!.Value)
                    .Distinct()
                    .ToListAsync(cancellationToken)
            ],
            Limiting = await LocationNames.ReadLimitingAsync(db, cancellationToken),
        };
    }

    /// <summary>The location as the user saw it; null if it was changed since.</summary>
    public Location? Find(Seen seen) => Locations.FirstOrDefault(l => l.Id == seen.Id && l.Version == seen.Version);

    public IEnumerable<Location> Neighbours(int? parentId) =>
        Locations.Where(l => l.ParentId == parentId).OrderBy(l => l.Position).ThenBy(l => l.Id);

    /// <summary>The fault of a location's name at its place in the tree; null if there is none.</summary>
    public LocationOutcome? FaultOfName(Location location, string name) =>
        name.Length == 0 ? LocationOutcome.NameMissing
        : name.Length > Location.MostLetters ? LocationOutcome.TooLong
        : Neighbours(location.ParentId).Any(l => l != location && l.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? LocationOutcome.NameTaken
        : null;

    /// <summary>Whether something of so many levels fits into a location.</summary>
    public LocationOutcome? FaultOfPlace(int? parentId, int levels) =>
        (Tree.Find(parentId)?.Level ?? 0) + levels > Location.MostLevels ? LocationOutcome.TooDeep : null;

    /// <summary>Why a location can't go; null if it can.</summary>
    public LocationOutcome? IsUsed(int id) =>
        WithPoints.Contains(id) || Neighbours(id).Any() ? LocationOutcome.NotEmpty
        : Limiting.Contains(id) ? LocationOutcome.LimitsSomebody
        : null;

    /// <summary>Puts a location before a neighbour, or at the end.</summary>
    public void Arrange(Location location, int? beforeId)
    {
        List<Location> order = [.. Neighbours(location.ParentId).Where(l => l != location)];
        var at = order.FindIndex(l => l.Id == beforeId);
        order.Insert(at < 0 ? order.Count : at, location);
        for (var i = 0; i < order.Count; i++)
        {
            order[i].Position = i;
        }
    }

    /// <summary>A location as the audit trail writes it.</summary>
    public string Subject(Location location) => $"location {location.Id} {PathIn(location.ParentId, location.Name)}";

    public string PathIn(int? parentId, string name) => Tree.Find(parentId) is { } parent ? $"{parent.Path} › {name}" : name;

    public LocationOutcome Changed(Location location, string action, string subject, string old, string now)
    {
        location.Version++;
        return Note(action, subject, old, now);
    }

    public LocationOutcome Note(string action, string subject, string? old, string? now)
    {
        _notes.Add(new AuditNote(action, subject, old, now));
        return LocationOutcome.Done;
    }
}
