using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Notifications.Telling;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Watching;

/// <summary>
/// Queues the mail of a day once. The day is noted in the transaction of its deliveries, which are then sent as all others are.
/// </summary>
internal sealed class DailyMail(
    NotificationDirectory directory, PeopleDirectory people, WriteGate gate, DispatcherBell bell, LiveFeed feed, TimeProvider time)
{
    /// <summary>What stands in place of a chain.</summary>
    public const string Chain = "watching";

    /// <summary>Queues the mail if it is due.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (DueDay(directory.Book.Watching?.Row) is null)
        {
            return;
        }

        await gate.WriteAsync(db => QueueAsync(db, cancellationToken), cancellationToken);
        await directory.ReloadAsync(cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Notifications));
        bell.Ring();
    }

    private async Task QueueAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var row = await db.NotificationWatchings.SingleOrDefaultAsync(cancellationToken);
        if (DueDay(row) is not { } day)
        {
            return;
        }

        row!.MailedDay = day;
        var now = time.GetUtcNow();
        await ReplaceAsync(db, now, cancellationToken);
        db.Deliveries.AddRange(TargetsOf(directory.Book, row).Select(target => DeliveryOf(target, now)));
    }

    /// <summary>The day whose mail is due; null if none is.</summary>
    private DateOnly? DueDay(NotificationWatching? row)
    {
        if (row?.MailMinute is not { } minute)
        {
            return null;
        }

        var day = MailTime.LastDue(MailTime.ZoneOf(row.MailZone, people.Site?.TimeZone), minute, time.GetUtcNow());
        return row.MailedDay >= day ? null : day;
    }

    /// <summary>Nobody needs yesterday's mail beside today's.</summary>
    private static async Task ReplaceAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = db.Deliveries.Where(d => d.Event == DeliveryEvent.Watching && d.State == DeliveryState.Queued);
        foreach (var delivery in await waiting.ToListAsync(cancellationToken))
        {
            delivery.EndFor(DeliveryEnd.Replaced, now);
        }
    }

    /// <summary>Each person through their own channels of e-mail, or else through all channels of e-mail.</summary>
    private static IEnumerable<Target> TargetsOf(NotificationBook book, NotificationWatching row)
    {
        List<string> mail =
            [.. book.Channels.Values.Where(c => c.Row.Kind is ChannelKind.Email).Select(c => c.Row.Key).Order(StringComparer.Ordinal)];
        return
            from address in row.MailAddresses
            let own = mail.Intersect(book.People.GetValueOrDefault(address)?.ChannelKeys ?? []).ToList()
            from channel in own.Count > 0 ? own : mail
            select new Target(channel, address);
    }

    private static Delivery DeliveryOf(Target target, DateTimeOffset now) => new()
    {
        Key = AlarmTelling.NewKey(),
        AlarmId = Delivery.NoAlarm,
        Event = DeliveryEvent.Watching,
        Channel = target.Channel,
        Address = target.Address,
        Chain = Chain,
        QueuedUtc = now,
        DueUtc = now,
        NextUtc = now,
    };
}
