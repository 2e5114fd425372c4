using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Maintenance;

/// <summary>Reads past windows.</summary>
internal sealed class MaintenanceLog(IDbContextFactory<PortalDbContext> database, TimeProvider time)
{
    /// <summary>The last windows that are over or were cancelled, newest first.</summary>
    public async Task<IReadOnlyList<MaintenanceWindow>> ReadPastAsync(int count, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await db.MaintenanceWindows.AsNoTracking().Where(w => w.UntilUtc <= now || w.UntilUtc <= w.FromUtc)
            .OrderByDescending(w => w.FromUtc).ThenByDescending(w => w.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>The windows that overlap a range of time, oldest first.</summary>
    public async Task<IReadOnlyList<MaintenanceWindow>> ReadBetweenAsync(
        DateTimeOffset fromUtc, DateTimeOffset untilUtc, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.MaintenanceWindows.AsNoTracking().Where(w => w.UntilUtc > w.FromUtc && w.FromUtc < untilUtc && w.UntilUtc > fromUtc)
            .OrderBy(w => w.FromUtc).ToListAsync(cancellationToken);
    }
}
