using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Gives measuring points their names, locations and remarks: all of them in one transaction, or none. To a user who may not see a point,
/// it does not exist.
/// </summary>
internal sealed class PointNaming(WriteGate gate, AuditTrail audit, LocationDirectory directory, PointDecisions points)
{
    /// <summary>Its name in the audit trail.</summary>
    internal const string Renamed = "measuring point renamed";

    /// <summary>Gives points their labels.</summary>
    /// <param name="scope">What the user may see.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="changes">The points as the user saw them, each once, with their labels.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    /// <returns>Why nothing was changed, by point; empty if all is done or nothing needed to change.</returns>
    public async Task<IReadOnlyList<PointFault>> NameAsync(
        SiteScope scope, Actor actor, IReadOnlyCollection<PointChange> changes, CancellationToken cancellationToken = default)
    {
        var (faults, loggers) = await gate.WriteAsync(db => NameAsync(db, scope, actor, changes, cancellationToken), cancellationToken);
        await directory.ReloadAsync(cancellationToken);
        points.Publish(loggers);
        return faults;
    }

    /// <summary>Gives a point a name and a remark; its location stays.</summary>
    public Task<PointOutcome> RenameAsync(
        SiteScope scope, Actor actor, Seen point, string name, string? place, CancellationToken cancellationToken = default)
    {
        var label = new PointLabel(name, null, place).Tidy();
        return label.Fault() is { } fault
            ? Task.FromResult(fault)
            : points.ChangeAsync(scope, actor, point, p => Rename(p, label), cancellationToken);
    }

    private async Task<(IReadOnlyList<PointFault> Faults, IReadOnlyList<int?> Loggers)> NameAsync(
        PortalDbContext db, SiteScope scope, Actor actor, IReadOnlyCollection<PointChange> changes, CancellationToken cancellationToken)
    {
        var tree = new LocationTree(await db.Locations.AsNoTracking().ToListAsync(cancellationToken));
        var ids = changes.Select(c => c.Point.Id).ToList();
        var found = await db.MeasuringPoints.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        List<PointFault> faults = [];
        List<AuditNote> notes = [];
        foreach (var (seen, wanted) in changes)
        {
            var (point, label) = (found.GetValueOrDefault(seen.Id), wanted.Tidy());
            if (FaultOf(scope, tree, point, seen, label) is { } fault)
            {
                faults.Add(new PointFault(seen.Id, fault));
            }
            else
            {
                notes.AddRange(Apply(point!, label, tree));
            }
        }

        if (faults.Count > 0)
        {
            db.ChangeTracker.Clear();
            return (faults, []);
        }

        await audit.AddAsync(db, actor, notes, cancellationToken);
        return ([], await db.LoggerAssignments.Where(a => a.UntilUtc == null && ids.Contains(a.PointId))
            .Select(a => (int?)a.LoggerId)
            .ToListAsync(cancellationToken));
    }

    private static PointOutcome? FaultOf(SiteScope scope, LocationTree tree, MeasuringPoint? point, Seen seen, PointLabel label)
    {
        if (label.Fault() is { } fault)
        {
            return fault;
        }

        if (point is null || point.Version != seen.Version || !scope.SeesLocation(point.LocationId))
        {
            return PointOutcome.ChangedMeanwhile;
        }

        var isThere = label.LocationId is null || tree.Find(label.LocationId) is not null;
        return isThere && scope.SeesLocation(label.LocationId) ? null : PointOutcome.NoSuchLocation;
    }

    private static List<AuditNote> Apply(MeasuringPoint point, PointLabel label, LocationTree tree)
    {
        var subject = PointDecisions.Subject(point);
        List<AuditNote> notes = [];
        if (Rename(point, label) is { } renamed)
        {
            notes.Add(renamed.For(subject));
        }

        if (point.LocationId != label.LocationId)
        {
            var (old, now) = (tree.Find(point.LocationId)?.Path, tree.Find(label.LocationId)?.Path);
            notes.Add(new AuditNote(PointPlacement.Placed, PointDecisions.Subject(point), old, now));
            point.LocationId = label.LocationId;
        }

        point.Version += notes.Count > 0 ? 1 : 0;
        return notes;
    }

    private static DecisionNote? Rename(MeasuringPoint point, PointLabel label)
    {
        if ((point.Name, point.Place) == (label.Name, label.Place))
        {
            return null;
        }

        var old = InWords(point);
        (point.Name, point.Place) = (label.Name, label.Place);
        return new DecisionNote(Renamed, old, InWords(point), null);
    }

    private static string InWords(MeasuringPoint point) => point.Place is { } place ? $"{point.Name}, {place}" : point.Name;
}
