using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>
/// What a plan of changes depends on, as figures: two moments are equal if no rule, location, measuring point or assignment of a logger was
/// made, changed or ended in between. Keys are never used again, so the newest one and a count tell of all that comes and goes.
/// </summary>
/// <param name="Rules">Versions of rules.</param>
/// <param name="InForce">How many of them nothing has ended.</param>
/// <param name="Waiting">How many wait for their logger.</param>
/// <param name="Locations">Locations.</param>
/// <param name="LocationChanges">How often people changed them.</param>
/// <param name="Points">Measuring points.</param>
/// <param name="Assignments">Loggers that measure somewhere.</param>
internal sealed record RuleMoment(
    RuleMoment.Rows Rules, int InForce, int Waiting, RuleMoment.Rows Locations, int LocationChanges, RuleMoment.Rows Points,
    RuleMoment.Rows Assignments)
{
    /// <summary>Reads it.</summary>
    public static async Task<RuleMoment> ReadAsync(PortalDbContext db, CancellationToken cancellationToken) => new(
        await RowsAsync(db.AlarmRules.Select(r => r.Id), cancellationToken),
        await db.AlarmRules.CountAsync(r => r.UntilMs == long.MaxValue, cancellationToken),
        await db.AlarmRules.CountAsync(r => r.Serial != null && r.PointId == null, cancellationToken),
        await RowsAsync(db.Locations.Select(l => l.Id), cancellationToken),
        await db.Locations.SumAsync(l => l.Version, cancellationToken),
        await RowsAsync(db.MeasuringPoints.Select(p => p.Id), cancellationToken),
        await RowsAsync(db.LoggerAssignments.Where(a => a.UntilUtc == null).Select(a => a.Id), cancellationToken));

    private static async Task<Rows> RowsAsync(IQueryable<int> keys, CancellationToken cancellationToken) => new(
        await keys.CountAsync(cancellationToken), await keys.MaxAsync(key => (int?)key, cancellationToken) ?? 0);

    /// <summary>The rows of a table.</summary>
    /// <param name="Count">Their number.</param>
    /// <param name="Newest">The key of the newest one; 0 if there is none.</param>
    internal readonly record struct Rows(int Count, int Newest);
}
