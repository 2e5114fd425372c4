using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>Writes planned changes of rules and their audit entries, in as little time as it takes, because ingest waits for it.</summary>
internal sealed class RuleWriter(IBulkRows bulk, AuditTrail audit)
{
    /// <summary>Writes a plan, unless what it depends on was changed since.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> TryWriteAsync(PortalDbContext db, RulePlan plan, CancellationToken cancellationToken)
    {
        if (await RuleMoment.ReadAsync(db, cancellationToken) != plan.Moment)
        {
            return false;
        }

        await WriteAsync(db, plan, cancellationToken);
        return true;
    }

    /// <summary>Writes a plan that was made within the same transaction.</summary>
    public async Task WriteAsync(PortalDbContext db, RulePlan plan, CancellationToken cancellationToken)
    {
        var keys = await plan.Places.MakePlannedAsync(db, cancellationToken);
        foreach (var rule in plan.Made)
        {
            rule.LocationId = rule.LocationId is { } planned ? keys.GetValueOrDefault(planned, planned) : null;
        }

        await db.AlarmRules.Where(r => EF.Parameter(plan.Ended).Contains(r.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.UntilMs, plan.FromMs), cancellationToken);
        bulk.Insert(db, plan.Made);
        await audit.WriteManyAsync(db, plan.Actor, plan.Notes, cancellationToken);
    }
}
