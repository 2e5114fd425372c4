using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Drills;

/// <summary>Reads drills for pages. They are about the whole site: whoever sees less of it sees none.</summary>
internal sealed class DrillQuery(IDbContextFactory<PortalDbContext> database, DrillReach reach)
{
    /// <summary>The last drills, the newest first.</summary>
    public async Task<IReadOnlyList<Drill>> ListAsync(SiteScope scope, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return scope.IsLimited
            ? []
            : await db.Drills.AsNoTracking().OrderByDescending(d => d.Id).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>One drill with its record; null if there is none, or none that they may see.</summary>
    public async Task<DrillRecord?> FindAsync(SiteScope scope, int id, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var drill = scope.IsLimited ? null : await db.Drills.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        if (drill is null)
        {
            return null;
        }

        var confirmed = (await db.DrillConfirmations.AsNoTracking().Where(c => c.DrillId == id).ToListAsync(cancellationToken))
            .ToDictionary(c => new Target(c.Channel, c.Address), c => c.AtUtc);
        var deliveries = await db.Deliveries.AsNoTracking().Where(d => d.DrillId == id)
            .OrderBy(d => d.DueUtc).ThenBy(d => d.Id).ToListAsync(cancellationToken);
        return new(drill, [.. deliveries.Select(d => LineOf(d, confirmed))]);
    }

    private DrillLine LineOf(Delivery its, Dictionary<Target, DateTimeOffset> confirmed) => new(
        its,
        reach.HasLink(its.Channel),
        confirmed.TryGetValue(new Target(its.Channel, its.Address), out var at) ? at : null);
}

/// <summary>A drill with its record.</summary>
/// <param name="Drill">The drill; not to be changed.</param>
/// <param name="Lines">Whom it told, in the order in which they were due.</param>
public sealed record DrillRecord(Drill Drill, IReadOnlyList<DrillLine> Lines);

/// <summary>A message of a drill.</summary>
/// <param name="Delivery">The delivery; not to be changed.</param>
/// <param name="HasLink">Whether its reader can confirm.</param>
/// <param name="ConfirmedUtc">When they did; null if they did not.</param>
public sealed record DrillLine(Delivery Delivery, bool HasLink, DateTimeOffset? ConfirmedUtc)
{
    /// <summary>How long it took them since the message was accepted, or was due.</summary>
    public TimeSpan? Took => ConfirmedUtc - (Delivery.State is DeliveryState.Accepted ? Delivery.DoneUtc : Delivery.DueUtc);
}
