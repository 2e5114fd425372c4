using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>Writes planned changes of rules and their audit entries, in as little time as it takes, because ingest waits for it.</summary>
internal sealed class RuleWriter(IBulkRows bulk, AuditTrail audit)
{
    /// <summary>Writes a plan, unless what it depends on was changed since.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> TryWriteAsync(PortalDbContext db, RuleScene scene, CancellationToken cancellationToken)
    {
        if (await RuleMoment.ReadAsync(db, cancellationToken) != scene.Moment)
        {
            return false;
        }

        await WriteAsync(db, scene, cancellationToken);
        return true;
    }

    /// <summary>Writes a plan that was made within the same transaction.</summary>
    public async Task WriteAsync(PortalDbContext db, RuleScene scene, CancellationToken cancellationToken)
    {
        var keys = await scene.Places.MakePlannedAsync(db, cancellationToken);
        foreach (var rule in scene.Made)
        {
            rule.LocationId = rule.LocationId is { } planned ? keys.GetValueOrDefault(planned, planned) : null;
        }

        await db.AlarmRules.Where(r => EF.Parameter(scene.Ended).Contains(r.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.UntilMs, scene.FromMs), cancellationToken);
        bulk.Insert(db, scene.Made);
        await audit.WriteManyAsync(db, scene.Actor, scene.Notes, cancellationToken);
    }
}
