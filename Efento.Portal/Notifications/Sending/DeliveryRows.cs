using Efento.Portal.Data;
using Efento.Portal.Notifications.Telling;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Sending;

/// <summary>The rows of deliveries that are not done, and the order in which they are told.</summary>
internal static class DeliveryRows
{
    /// <summary>Those that are not done.</summary>
    public static IQueryable<Delivery> Open(PortalDbContext db) =>
        db.Deliveries.Where(d => d.State == DeliveryState.Queued || d.State == DeliveryState.Sent);

    /// <summary>
    /// What can be sent now: of each alarm and recipient the first one alone that is not done, so that they are told in order. Nothing goes
    /// through a channel that is off or pauses.
    /// </summary>
    public static IQueryable<Delivery> Ready(PortalDbContext db, DateTimeOffset now)
    {
        var due = Open(db).Where(d => d.DueUtc <= now);
        var resting = db.ChannelHealths.Where(h => h.OffUtc != null || h.PausedUntilUtc > now).Select(h => h.Key);
        return due.Where(d => d.NextUtc <= now && !resting.Contains(d.Channel) && !due.Any(before =>
            before.AlarmId == d.AlarmId && before.DrillId == d.DrillId && before.Channel == d.Channel && before.Address == d.Address
            && (before.DueUtc < d.DueUtc || (before.DueUtc == d.DueUtc && before.Id < d.Id))));
    }

    /// <summary>Whether a message that says the same and more was queued while this one was attempted.</summary>
    public static Task<bool> IsReplacedAsync(PortalDbContext db, Delivery its, CancellationToken cancellationToken) =>
        Open(db).AnyAsync(
            d => d.Id > its.Id && d.AlarmId == its.AlarmId && d.Channel == its.Channel && d.Address == its.Address
                && (d.Event == DeliveryEvent.Rose || d.Event == DeliveryEvent.Ended || d.Event == DeliveryEvent.Withdrawn),
            cancellationToken);

    /// <summary>The next time, counted from when it was due; what a stop of the portal missed is not made up for.</summary>
    public static Delivery Again(Delivery delivery, long every, DateTimeOffset now)
    {
        var periods = ((long)(now - delivery.DueUtc).TotalMilliseconds / every) + 1;
        var dueUtc = delivery.DueUtc.AddMilliseconds(periods * every);
        return Like(delivery, delivery.Address, DeliveryEvent.Repeated, dueUtc, every, now);
    }

    /// <summary>The same for somebody else.</summary>
    public static Delivery For(Delivery delivery, string address, DateTimeOffset now) =>
        Like(delivery, address, delivery.Event, delivery.DueUtc, delivery.RepeatMs, now);

    private static Delivery Like(
        Delivery delivery, string? address, DeliveryEvent its, DateTimeOffset dueUtc, long? repeatMs, DateTimeOffset now) => new()
        {
            Key = AlarmTelling.NewKey(),
            AlarmId = delivery.AlarmId,
            Event = its,
            Channel = delivery.Channel,
            Address = address,
            Chain = delivery.Chain,
            Rota = delivery.Rota,
            QueuedUtc = now,
            DueUtc = dueUtc,
            NextUtc = dueUtc,
            RepeatMs = repeatMs,
        };
}
