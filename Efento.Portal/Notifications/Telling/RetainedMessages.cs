using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications.Telling;

/// <summary>
/// Brokers of MQTT keep the last message of each alarm for those who come later. It is taken back when the alarm is over and acknowledged,
/// or over for a day. A pure function of the alarm and of what was told.
/// </summary>
internal static class RetainedMessages
{
    /// <summary>How long a message is kept about an alarm that is over and that nobody acknowledged.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>What is to be sent so that nothing is kept for ever. What was planned and is not right any more is ended.</summary>
    /// <param name="alarm">The alarm as it is now.</param>
    /// <param name="told">All deliveries about it, oldest first.</param>
    /// <param name="book">The channels.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Delivery> Clear(Alarm alarm, IEnumerable<Delivery> told, NotificationBook book, DateTimeOffset now)
    {
        var dueUtc = DueOf(alarm, now);
        List<Delivery> made = [];
        foreach (var its in told.Where(d => IsKept(book, d.Channel)).GroupBy(d => d.Channel).Select(g => g.ToList()))
        {
            var planned = its.Find(d => d is { Event: DeliveryEvent.Cleared, State: DeliveryState.Queued });
            if (planned is not null && planned.DueUtc != dueUtc)
            {
                planned.EndFor(DeliveryEnd.Replaced, now);
                planned = null;
            }

            if (dueUtc is { } due && planned is null && !IsCleared(its[^1]))
            {
                made.Add(Of(its[^1], due, now));
            }
        }

        return made;
    }

    private static bool IsCleared(Delivery last) => last is { Event: DeliveryEvent.Cleared, IsOpen: false, End: null };

    private static bool IsKept(NotificationBook book, string channel) =>
        book.Channels.TryGetValue(channel, out var its) && its.Row.Kind is ChannelKind.Mqtt;

    /// <summary>When it is to be taken back; null while the alarm goes on.</summary>
    private static DateTimeOffset? DueOf(Alarm alarm, DateTimeOffset now)
    {
        if (alarm.IsActive)
        {
            return null;
        }

        var over = alarm.WithdrawnUtc ?? DateTimeOffset.FromUnixTimeMilliseconds(alarm.EndedMs!.Value);
        return alarm.AcknowledgedUtc is not null || over + KeptFor < now ? now : over + KeptFor;
    }

    private static Delivery Of(Delivery last, DateTimeOffset dueUtc, DateTimeOffset now) => new()
    {
        Key = AlarmTelling.NewKey(),
        AlarmId = last.AlarmId,
        Event = DeliveryEvent.Cleared,
        Channel = last.Channel,
        Chain = last.Chain,
        QueuedUtc = now,
        DueUtc = dueUtc,
        NextUtc = dueUtc,
    };
}
