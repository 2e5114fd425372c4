using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Sending;

/// <summary>
/// Lets the next step of a chain come at once if nobody was reached before it: the time until the next step is for somebody to answer, and
/// nobody can.
/// </summary>
internal static class NextSteps
{
    /// <summary>Looks at the alarms of deliveries that reached nobody.</summary>
    /// <param name="db">The writing context of the transaction.</param>
    /// <param name="unheard">The deliveries, tracked by the context.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task ComeForwardAsync(
        PortalDbContext db, IEnumerable<Delivery> unheard, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alarms = unheard.Where(d => d.IsOfAlarm && d.IsAnnouncement).Select(d => d.AlarmId).Distinct().ToList();
        var all = await db.Deliveries.Where(d => alarms.Contains(d.AlarmId)).ToListAsync(cancellationToken);
        foreach (var its in all.Where(d => d.IsAnnouncement).GroupBy(d => d.AlarmId))
        {
            ComeForward([.. its], now);
        }
    }

    private static void ComeForward(IReadOnlyCollection<Delivery> announcements, DateTimeOffset now)
    {
        var later = announcements.Where(d => d.DueUtc > now && d.State is DeliveryState.Queued && d.Event is not DeliveryEvent.Repeated);
        if (announcements.Any(d => d.DueUtc <= now && d.State is not DeliveryState.Ended) || !later.Any())
        {
            return;
        }

        var nextUtc = later.Min(d => d.DueUtc);
        foreach (var delivery in later.Where(d => d.DueUtc == nextUtc).ToList())
        {
            delivery.ComeForward(now);
        }
    }
}
