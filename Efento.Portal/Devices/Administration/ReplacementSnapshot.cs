using System.Globalization;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>Everything that a replacement changes, at the moment of writing.</summary>
internal sealed class ReplacementSnapshot
{
    public required MeasuringPoint Point { get; init; }

    public required Logger? Old { get; init; }

    public required Logger New { get; init; }

    /// <summary>The assignments of the point and of the new logger, ended ones too.</summary>
    public required IReadOnlyList<LoggerAssignment> Assignments { get; init; }

    /// <summary>The point the new logger leaves; null if it measured at none.</summary>
    public required MeasuringPoint? Left { get; init; }

    /// <summary>Reads it; null if any of it was changed in the meantime.</summary>
    public static async Task<ReplacementSnapshot?> ReadAsync(PortalDbContext db, Replacement wanted, CancellationToken cancellationToken)
    {
        var point = await db.MeasuringPoints.FirstOrDefaultAsync(
            p => p.Id == wanted.Point.Id && p.Version == wanted.Point.Version, cancellationToken);
        var successor = await FindAsync(db, wanted.New, cancellationToken);
        var old = wanted.Old is { } seen ? await FindAsync(db, seen, cancellationToken) : null;
        var assignments = await db.LoggerAssignments
            .Where(a => a.PointId == wanted.Point.Id || a.LoggerId == wanted.New.Id).ToListAsync(cancellationToken);
        var present = assignments.Find(a => a.PointId == wanted.Point.Id && a.UntilUtc == null);
        if (point is null || successor is null || old?.Id != wanted.Old?.Id || present?.LoggerId != wanted.Old?.Id)
        {
            return null;
        }

        var left = assignments.Find(a => a.LoggerId == successor.Id && a.UntilUtc == null);
        return new ReplacementSnapshot
        {
            Point = point,
            Old = old,
            New = successor,
            Assignments = assignments,
            Left = left is null ? null : await db.MeasuringPoints.FirstAsync(p => p.Id == left.PointId, cancellationToken),
        };
    }

    /// <summary>Why it can't be done; null if it can.</summary>
    public PointOutcome? Fault(Replacement wanted, DateTimeOffset now) => this switch
    {
        { New: { Approval: not LoggerApproval.Accepted } or { RetiredUtc: not null } } => PointOutcome.LoggerNotInUse,
        _ when Left?.Id == Point.Id => PointOutcome.AlreadyThere,
        _ when wanted.AtUtc > now => PointOutcome.TimeAhead,
        _ when Assignments.Any(a => a.UntilUtc is { } until ? wanted.AtUtc < until : wanted.AtUtc <= a.FromUtc) =>
            PointOutcome.TimeTooEarly,
        _ => null,
    };

    /// <summary>Ends the old assignments and returns the notes for the audit trail. The caller adds the new assignment.</summary>
    public IReadOnlyList<AuditNote> Apply(Replacement wanted, DateTimeOffset now)
    {
        foreach (var assignment in Assignments.Where(a => a.UntilUtc is null))
        {
            assignment.UntilUtc = wanted.AtUtc;
        }

        Point.Version++;
        New.Version++;
        List<AuditNote> notes = [Note(wanted)];
        notes.AddRange(LeaveOld(wanted, now));
        notes.AddRange(LeavePoint(now));
        return notes;
    }

    private static Task<Logger?> FindAsync(PortalDbContext db, Seen seen, CancellationToken cancellationToken) =>
        db.Loggers.FirstOrDefaultAsync(l => l.Id == seen.Id && l.Version == seen.Version, cancellationToken);

    private AuditNote Note(Replacement wanted) => new(
        "logger replaced",
        PointDecisions.Subject(Point),
        Old is null ? "no logger" : $"logger {Old.Serial}",
        $"logger {New.Serial} from {wanted.AtUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}",
        wanted.Reason.Trim());

    private IEnumerable<AuditNote> LeaveOld(Replacement wanted, DateTimeOffset now)
    {
        if (Old is null)
        {
            yield break;
        }

        Old.Version++;
        if (wanted.RetiresOld && Old.RetiredUtc is null)
        {
            Old.RetiredUtc = now;
            yield return new AuditNote(
                Retirement.LoggerRetired, LoggerNames.Subject(Old.Serial, null), "in use", "retired", wanted.Reason.Trim());
        }
    }

    /// <summary>Retires the point that was made for the new logger, if no user ever named or placed it.</summary>
    private IEnumerable<AuditNote> LeavePoint(DateTimeOffset now)
    {
        if (Left is null)
        {
            yield break;
        }

        Left.Version++;
        if (Left.Name == New.Serial && Left.Place is null && Left.RetiredUtc is null)
        {
            Left.RetiredUtc = now;
            yield return new AuditNote(
                Retirement.PointRetired, PointDecisions.Subject(Left), "in use", "retired", $"its logger now measures at {Point.Name}");
        }
    }
}
