using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Drills;

/// <summary>Which drill goes on, in memory: a portal without one asks the database nothing. Thread-safe.</summary>
internal sealed class DrillBoard(IDbContextFactory<PortalDbContext> database)
{
    private volatile Drill? _on;

    /// <summary>The drill that goes on; null if none does. Not to be changed.</summary>
    public Drill? On => _on;

    /// <summary>Loads it.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        _on = await db.Drills.AsNoTracking().Where(d => d.EndedUtc == null).OrderBy(d => d.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Takes what was committed.</summary>
    public void Put(Drill drill) => _on = drill.IsOn ? drill : null;
}
