using Efento.Portal.Access;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Sending;

/// <summary>The messages that a restored or copied portal does not send before somebody says so.</summary>
internal sealed class HeldDeliveries(IDbContextFactory<PortalDbContext> database, WriteGate gate, LiveFeed feed, TimeProvider time)
    : IHeldWork
{
    /// <inheritdoc/>
    public async Task<HeldAmount> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return new(Messages: await DeliveryRows.Open(db).CountAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task DropAsync(Actor actor, DateTimeOffset heldUtc, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await gate.WriteAsync(
            db => DeliveryRows.Open(db).Where(d => d.QueuedUtc <= heldUtc).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.State, DeliveryState.Ended)
                    .SetProperty(d => d.End, DeliveryEnd.Dropped)
                    .SetProperty(d => d.DoneUtc, now)
                    .SetProperty(d => d.RepeatMs, (long?)null),
                cancellationToken),
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Delivery));
    }
}
