using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>Puts measuring points into locations.</summary>
internal sealed class PointPlacement(WriteGate gate, AuditTrail audit, LocationDirectory directory, PointDecisions points)
{
    /// <summary>Its name in the audit trail.</summary>
    internal const string Placed = "measuring point placed";

    /// <summary>Puts points into a location; points that somebody changed in the meantime are left unchanged and named.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The points as the user saw them.</param>
    /// <param name="locationId">The location; null for none.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public async Task<BulkOutcome> PlaceAsync(
        Actor actor, IReadOnlyCollection<Seen> seen, int? locationId, CancellationToken cancellationToken = default)
    {
        var (outcome, loggers) = await gate.WriteAsync(db => PlaceAsync(db, actor, seen, locationId, cancellationToken), cancellationToken);
        await directory.ReloadAsync(cancellationToken);
        points.Publish(loggers.Select(l => (int?)l));
        return outcome;
    }

    private async Task<(BulkOutcome Outcome, List<int> Loggers)> PlaceAsync(
        PortalDbContext db, Actor actor, IReadOnlyCollection<Seen> seen, int? locationId, CancellationToken cancellationToken)
    {
        var tree = new LocationTree(await db.Locations.AsNoTracking().ToListAsync(cancellationToken));
        var versions = seen.ToDictionary(s => s.Id, s => s.Version);
        var found = await db.MeasuringPoints.Where(p => versions.Keys.Contains(p.Id)).ToListAsync(cancellationToken);
        List<MeasuringPoint> changed = [];
        List<string> meanwhile = [];
        List<AuditNote> notes = [];
        foreach (var point in found.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            if (point.Version != versions[point.Id] || (locationId is not null && tree.Find(locationId) is null))
            {
                meanwhile.Add(point.Name);
            }
            else if (point.LocationId != locationId)
            {
                notes.Add(
                    new AuditNote(Placed, PointDecisions.Subject(point), tree.Find(point.LocationId)?.Path, tree.Find(locationId)?.Path));
                point.LocationId = locationId;
                point.Version++;
                changed.Add(point);
            }
        }

        await audit.AddAsync(db, actor, notes, cancellationToken);
        var ids = changed.Select(p => p.Id).ToList();
        var loggers = await db.LoggerAssignments.Where(a => a.UntilUtc == null && ids.Contains(a.PointId))
            .Select(a => a.LoggerId)
            .ToListAsync(cancellationToken);
        return (new BulkOutcome([.. changed.Select(p => new Seen(p.Id, p.Version))], meanwhile), loggers);
    }
}
