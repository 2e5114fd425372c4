using Efento.Portal.Alarms.Lists;
using Efento.Portal.Notifications.Telling;

namespace Efento.Portal.Notifications.Sending;

/// <summary>The sentences of a message about an alarm, in the current language.</summary>
internal sealed class Told(IAlarmPhrases phrases, AlarmLine line, Reader reader)
{
    /// <summary>Where it is; empty if it is at no location.</summary>
    public string Where => line.Point?.Place is { Length: > 0 } place ? NotificationText.Where(place) : "";

    private string Level => phrases.Level(line.Alarm.Level);

    private string Point => phrases.Subject(line);

    private string What => phrases.What(line, reader.Units);

    private string Since => reader.At(line.Alarm.BeganMs);

    /// <summary>The subject and first line: level, point, value with unit, limit, since when.</summary>
    public string Subject(DeliveryEvent its) => its switch
    {
        DeliveryEvent.Raised => NotificationText.Raised(Level, Point, What, Since),
        DeliveryEvent.Rose => NotificationText.Rose(Level, Point, What, Since),
        DeliveryEvent.Repeated => NotificationText.Repeated(Level, Point, What, Since),
        DeliveryEvent.Flapping => NotificationText.Flapping(Level, Point, What, Since),
        DeliveryEvent.TakenOn => NotificationText.TakenOn(line.Alarm.TakenBy ?? "", Level, Point, What, Since),
        DeliveryEvent.Acknowledged => NotificationText.Acknowledged(Level, Point, What, Since),
        DeliveryEvent.Ended => NotificationText.Ended(Level, Point, What, Since),
        DeliveryEvent.Withdrawn => NotificationText.Withdrawn(Level, Point, What, Since),
        DeliveryEvent.FoundLate => NotificationText.FoundLong(Level, Point, What, Since),
        _ => throw new ArgumentOutOfRangeException(nameof(its), its, null),
    };

    /// <summary>What else is to be said.</summary>
    public IEnumerable<string> Rest(DeliveryEvent its) =>
        new[] { OfEvent(its), Until(its), Found(its), By() }.OfType<string>();

    private string? OfEvent(DeliveryEvent its) => its switch
    {
        DeliveryEvent.Repeated => NotificationText.NobodyYet,
        DeliveryEvent.Flapping => NotificationText.FlappingMore(Flapping.Most, (int)Flapping.LastsOf(line.Alarm.Level).TotalMinutes),
        DeliveryEvent.Withdrawn => NotificationText.NotJustified,
        _ => null,
    };

    private string? Until(DeliveryEvent its) =>
        line.Alarm.EndedMs is { } endedMs && its is not DeliveryEvent.Withdrawn ? NotificationText.Until(reader.At(endedMs)) : null;

    private string? Found(DeliveryEvent its) =>
        line.Alarm.IsFoundAfterwards && its is DeliveryEvent.Ended or DeliveryEvent.FoundLate ? NotificationText.FoundLate : null;

    private string? By() => line.Alarm is { AcknowledgedUtc: not null, AcknowledgedBy: { } by }
        ? NotificationText.By(by, line.Alarm.Comment ?? "")
        : null;
}
