using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Makes, renames, moves and deletes locations. The row and its audit entry are written together; then memory and pages are updated.
/// </summary>
internal sealed class LocationDecisions(WriteGate gate, AuditTrail audit, LocationDirectory directory, LoggerRoster roster)
{
    /// <summary>Makes a location, last among its neighbours.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="parentId">The location it lies in; null for the top.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<LocationOutcome> CreateAsync(Actor actor, int? parentId, string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(
        actor,
        snapshot =>
        {
            if (parentId is not null && snapshot.Tree.Find(parentId) is null)
            {
                return LocationOutcome.ChangedMeanwhile;
            }

            var location = new Location { ParentId = parentId, Name = name.Trim() };
            if ((snapshot.FaultOfName(location, location.Name) ?? snapshot.FaultOfPlace(parentId, levels: 1)) is { } fault)
            {
                return fault;
            }

            location.Position = snapshot.Neighbours(parentId).Count();
            snapshot.Db.Locations.Add(location);
            return snapshot.Note("location made", snapshot.PathIn(parentId, location.Name), null, null);
        },
        cancellationToken);

    /// <summary>Renames a location.</summary>
    public Task<LocationOutcome> RenameAsync(Actor actor, Seen seen, string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(
        actor,
        snapshot =>
        {
            if (snapshot.Find(seen) is not { } location)
            {
                return LocationOutcome.ChangedMeanwhile;
            }

            if (snapshot.FaultOfName(location, name.Trim()) is { } fault)
            {
                return fault;
            }

            var (subject, old) = (snapshot.Subject(location), location.Name);
            location.Name = name.Trim();
            return old == location.Name ? LocationOutcome.Done : snapshot.Changed(location, "location renamed", subject, old, location.Name);
        },
        cancellationToken);

    /// <summary>Moves a location, with everything in it, into another one or to another position among its neighbours.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The location as the user saw it.</param>
    /// <param name="parentId">The location it lies in from then on; null for the top.</param>
    /// <param name="beforeId">The neighbour it stands before; null for the end.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<LocationOutcome> MoveAsync(
        Actor actor, Seen seen, int? parentId, int? beforeId = null, CancellationToken cancellationToken = default) => ChangeAsync(
        actor,
        snapshot =>
        {
            if (snapshot.Find(seen) is not { } location || (parentId is not null && snapshot.Tree.Find(parentId) is null))
            {
                return LocationOutcome.ChangedMeanwhile;
            }

            if (snapshot.Tree.IsWithin(parentId, [location.Id]))
            {
                return LocationOutcome.InItself;
            }

            var (subject, old) = (snapshot.Subject(location), snapshot.PathIn(location.ParentId, location.Name));
            if (location.ParentId != parentId && snapshot.FaultOfPlace(parentId, snapshot.Tree.LevelsFrom(location.Id)) is { } tooDeep)
            {
                return tooDeep;
            }

            location.ParentId = parentId;
            if (snapshot.FaultOfName(location, location.Name) is { } taken)
            {
                return taken;
            }

            snapshot.Arrange(location, beforeId);
            return snapshot.Changed(location, "location moved", subject, old, snapshot.PathIn(parentId, location.Name));
        },
        cancellationToken);

    /// <summary>Deletes a location in which nothing lies.</summary>
    public Task<LocationOutcome> DeleteAsync(Actor actor, Seen seen, CancellationToken cancellationToken = default) => ChangeAsync(
        actor,
        snapshot =>
        {
            if (snapshot.Find(seen) is not { } location)
            {
                return LocationOutcome.ChangedMeanwhile;
            }

            if (snapshot.IsUsed(location.Id) is { } fault)
            {
                return fault;
            }

            var subject = snapshot.Subject(location);
            snapshot.Db.Locations.Remove(location);
            return snapshot.Note("location deleted", subject, null, null);
        },
        cancellationToken);

    private async Task<LocationOutcome> ChangeAsync(
        Actor actor, Func<LocationSnapshot, LocationOutcome> change, CancellationToken cancellationToken)
    {
        var outcome = await gate.WriteAsync(
            async db =>
            {
                var snapshot = await LocationSnapshot.ReadAsync(db, cancellationToken);
                var outcome = change(snapshot);
                if (outcome is LocationOutcome.Done)
                {
                    await audit.AddAsync(db, actor, snapshot.Notes, cancellationToken);
                }
                else
                {
                    db.ChangeTracker.Clear();
                }

                return outcome;
            },
            cancellationToken);
        await directory.ReloadAsync(cancellationToken);
        roster.Changed();
        return outcome;
    }
}
