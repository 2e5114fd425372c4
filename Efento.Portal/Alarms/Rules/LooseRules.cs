using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules;

/// <summary>
/// Rules whose place has come or gone: a rule that waits for a logger gets the point at which the logger was heard, and keeps it when the
/// logger is replaced there; a rule of a location that was deleted ends.
/// </summary>
internal sealed class LooseRules(AuditTrail audit, TimeProvider time)
{
    /// <summary>Whether there are such rules.</summary>
    public static async Task<bool> AnyAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await Heard(db).AnyAsync(cancellationToken) || await Gone(db).AnyAsync(cancellationToken);

    /// <summary>Gives them their point, or ends them.</summary>
    public async Task TieAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        List<AuditNote> notes = [];
        foreach (var (rule, point) in await Heard(db).ToListAsync(cancellationToken))
        {
            rule.PointId = point.Id;
            notes.Add(new(RuleAudit.Placed, RuleAudit.SubjectOf(rule.Key), $"waits for logger {rule.Serial}", $"measuring point {point.Id} {point.Name}"));
        }

        foreach (var rule in await Gone(db).ToListAsync(cancellationToken))
        {
            rule.UntilMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            notes.Add(new(RuleAudit.Ended, RuleAudit.SubjectOf(rule.Key), Reason: "its location was deleted"));
        }

        await audit.AddAsync(db, Actor.Portal, notes, cancellationToken);
    }

    private static IQueryable<TiedRule> Heard(PortalDbContext db) =>
        from rule in db.AlarmRules
        where rule.Serial != null && rule.PointId == null
        join logger in db.Loggers on rule.Serial equals logger.Serial
        join assignment in db.LoggerAssignments on logger.Id equals assignment.LoggerId
        where assignment.UntilUtc == null
        join point in db.MeasuringPoints on assignment.PointId equals point.Id
        select new TiedRule(rule, point);

    private static IQueryable<AlarmRule> Gone(PortalDbContext db) => db.AlarmRules.Where(
        r => r.LocationId != null && r.UntilMs == long.MaxValue && !db.Locations.Any(l => l.Id == r.LocationId));

    private sealed record TiedRule(AlarmRule Rule, MeasuringPoint Point);
}
