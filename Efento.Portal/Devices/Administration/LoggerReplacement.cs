using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Replaces the logger of a measuring point: the assignment of the old one ends where that of the new one begins, so the point's history
/// keeps both and the change is marked (<see cref="PointHistory"/>).
/// </summary>
internal sealed class LoggerReplacement(
    WriteGate gate, AuditTrail audit, LocationDirectory locations, PointDecisions points, TimeProvider time)
{
    /// <summary>Replaces the logger, or returns why it can't be done.</summary>
    public async Task<PointOutcome> ReplaceAsync(Actor actor, Replacement wanted, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(wanted.Reason);
        var outcome = await gate.WriteAsync(db => ReplaceAsync(db, actor, wanted, cancellationToken), cancellationToken);
        await locations.ReloadAsync(cancellationToken);
        points.Publish(wanted.Old?.Id, wanted.New.Id);
        return outcome;
    }

    private async Task<PointOutcome> ReplaceAsync(PortalDbContext db, Actor actor, Replacement wanted, CancellationToken cancellationToken)
    {
        var snapshot = await ReplacementSnapshot.ReadAsync(db, wanted, cancellationToken);
        var now = time.GetUtcNow();
        if (snapshot is null)
        {
            return PointOutcome.ChangedMeanwhile;
        }

        if (snapshot.Fault(wanted, now) is { } fault)
        {
            return fault;
        }

        var notes = snapshot.Apply(wanted, now);
        db.LoggerAssignments.Add(new LoggerAssignment { PointId = wanted.Point.Id, LoggerId = wanted.New.Id, FromUtc = wanted.AtUtc });
        await audit.AddAsync(db, actor, notes, cancellationToken);
        return PointOutcome.Done;
    }
}
