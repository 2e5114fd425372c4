using Efento.Portal.Data;

namespace Efento.Portal.Notifications.Sending;

/// <summary>
/// Gives what was queued for whoever would be on duty to whoever is, when it is to be sent: a step or a repetition may come after a
/// hand-over or a change of the rota.
/// </summary>
internal static class DutyChange
{
    /// <summary>Changes what has to be changed.</summary>
    /// <returns>Whether something was.</returns>
    public static bool Apply(PortalDbContext db, NotificationBook book, IReadOnlyCollection<Delivery> due, DateTimeOffset now)
    {
        var others = due.Where(d => d is { BegunUtc: null, IsAnnouncement: true, Rota: not null })
            .Select(d => (Delivery: d, OnDuty: book.Rotas.GetValueOrDefault(d.Rota!)?.OnDutyAt(now)))
            .Where(d => d.OnDuty is not null && !string.Equals(d.OnDuty, d.Delivery.Address, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var (delivery, onDuty) in others)
        {
            db.Deliveries.Add(DeliveryRows.For(delivery, onDuty!, now));
            delivery.EndFor(DeliveryEnd.OffDuty, now);
        }

        return others.Count > 0;
    }
}
