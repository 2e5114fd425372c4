using Efento.Portal.Alarms;
using Efento.Portal.Devices;

namespace Efento.Portal.Notifications.Sending;

/// <summary>The sentences of a message about several alarms, in the current language.</summary>
internal sealed class GatheredWords(IAlarmPhrases phrases, IReadOnlyList<MessagePart> parts, Reader reader)
{
    /// <summary>The most alarms that are listed. The others are counted.</summary>
    public const int MostListed = 20;

    /// <summary>What all of them tell; null if they tell different things.</summary>
    public DeliveryEvent? OneEvent => parts.All(p => p.Delivery.Event == parts[0].Delivery.Event) ? parts[0].Delivery.Event : null;

    /// <summary>The highest level.</summary>
    public AlarmLevel Worst => parts.Max(p => p.Line.Alarm.Level);

    /// <summary>How many alarms, where, how bad.</summary>
    public string Subject
    {
        get
        {
            var count = NotificationText.Gathered(parts.Select(p => p.Line.Alarm.Id).Distinct().Count());
            var alarms = Place is { } place ? NotificationText.GatheredAt(count, place) : count;
            return parts.All(p => p.Delivery.IsAnnouncement) ? $"{phrases.Level(Worst)}: {alarms}"
                : OneEvent is DeliveryEvent.FoundLate ? NotificationText.GatheredFoundLate(alarms)
                : OneEvent is DeliveryEvent.Ended ? NotificationText.GatheredOver(alarms)
                : OneEvent is DeliveryEvent.Acknowledged ? NotificationText.GatheredAcknowledged(alarms)
                : NotificationText.GatheredMixed(alarms);
        }
    }

    /// <summary>A sentence for each of the first alarms, those that are worst first.</summary>
    public IEnumerable<(MessagePart Part, string Sentence)> Lines =>
        from part in parts.OrderByDescending(p => p.Line.Alarm.IsActive).ThenByDescending(p => p.Line.Alarm.Level)
            .ThenBy(p => p.Delivery.Id).Take(MostListed)
        select (part, new Told(phrases, part.Line, reader).Subject(part.Delivery.Event));

    /// <summary>How many alarms there are besides; empty if there is none.</summary>
    public string More => parts.Count > MostListed ? NotificationText.MoreAlarms(parts.Count - MostListed) : "";

    /// <summary>The innermost location around all of them; null if there is none.</summary>
    private string? Place
    {
        get
        {
            var paths = parts.Select(p => p.Line.Point?.Place?.Split(LocationTree.Separator) ?? []).ToList();
            var depth = Enumerable.Range(0, paths.Min(p => p.Length)).TakeWhile(i => paths.All(p => p[i] == paths[0][i])).Count();
            return depth > 0 ? paths[0][depth - 1] : null;
        }
    }
}
