using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Ledger;

/// <summary>Sends deliveries again that failed: with their own key, so that a receiver that has one all the same knows it.</summary>
internal sealed class DeliveryReplay(WriteGate gate, AuditTrail audit, LiveFeed feed, DispatcherBell bell, TimeProvider time)
{
    /// <summary>Queues one again.</summary>
    /// <returns>Whether it is queued; false if it has not failed, or not any more.</returns>
    public async Task<bool> SendAgainAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var its = await gate.WriteAsync(db => QueueAsync(db, actor, id, cancellationToken), cancellationToken);
        if (its is null)
        {
            return false;
        }

        feed.Publish(new LiveKey(LiveTopic.Delivery, its.AlarmId));
        bell.Ring();
        return true;
    }

    private async Task<Delivery?> QueueAsync(PortalDbContext db, Actor actor, long id, CancellationToken cancellationToken)
    {
        var its = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == id && d.State == DeliveryState.Failed, cancellationToken);
        if (its is not null)
        {
            its.QueueAgain(time.GetUtcNow());
            var note = new AuditNote(
                NotificationAudit.Replayed, $"delivery {id}", New: $"{AboutOf(its)}, {its.Channel} {its.Address}".TrimEnd());
            await audit.AddAsync(db, actor, note, cancellationToken);
        }

        return its;
    }

    private static string AboutOf(Delivery its) =>
        its.IsOfAlarm ? $"alarm {its.AlarmId}" : its.DrillId > 0 ? $"drill {its.DrillId}" : "daily mail";
}
