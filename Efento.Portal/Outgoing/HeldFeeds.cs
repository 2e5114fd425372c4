using Efento.Portal.Access;
using Efento.Portal.Arrivals;
using Efento.Portal.Backup.Holding;

namespace Efento.Portal.Outgoing;

/// <summary>The measurements that a restored or copied portal does not send on before somebody says so.</summary>
internal sealed class HeldFeeds(OutgoingFeeds feeds, FeedControl control, ArrivalLedger ledger) : IHeldWork
{
    /// <inheritdoc/>
    public async Task<HeldAmount> CountAsync(CancellationToken cancellationToken)
    {
        long all = 0;
        foreach (var feed in feeds.All)
        {
            var cursor = await ledger.CursorAsync(feed.Name, cancellationToken);
            all += cursor is null ? 0 : await ledger.CountAsync(cursor.LastMessageId, cancellationToken);
        }

        return new(Feeds: all);
    }

    /// <summary>Each feed goes on with what is stored from now on.</summary>
    public async Task DropAsync(Actor actor, DateTimeOffset heldUtc, CancellationToken cancellationToken)
    {
        foreach (var feed in feeds.All)
        {
            await control.ResetAsync(actor, feed.Key, null, cancellationToken: cancellationToken);
        }
    }
}
