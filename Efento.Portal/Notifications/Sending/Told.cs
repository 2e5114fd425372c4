using Efento.Portal.Alarms.Lists;

namespace Efento.Portal.Notifications.Sending;

/// <summary>The sentences of a message, in the current language.</summary>
internal sealed class Told(IAlarmPhrases phrases, AlarmLine line, Reader reader)
{
    /// <summary>Where it is; empty if it is at no location.</summary>
    public string Where => line.Point?.Place is { Length: > 0 } place ? NotificationText.Where(place) : "";

    private string Level => phrases.Level(line.Alarm.Level);

    private string Point => phrases.Subject(line);

    private string What => phrases.What(line, reader.Units);

    private string Since => At(line.Alarm.BeganMs);

    /// <summary>The subject and first line: level, point, value with unit, limit, since when.</summary>
    public string Subject(DeliveryEvent its) => its switch
    {
        DeliveryEvent.Raised => NotificationText.Raised(Level, Point, What, Since),
        DeliveryEvent.Rose => NotificationText.Rose(Level, Point, What, Since),
        DeliveryEvent.Repeated => NotificationText.Repeated(Level, Point, What, Since),
        DeliveryEvent.Acknowledged => NotificationText.Acknowledged(Level, Point, What, Since),
        DeliveryEvent.Ended => NotificationText.Ended(Level, Point, What, Since),
        DeliveryEvent.Withdrawn => NotificationText.Withdrawn(Level, Point, What, Since),
        _ => throw new ArgumentOutOfRangeException(nameof(its), its, null),
    };

    /// <summary>What else is to be said.</summary>
    public IEnumerable<string> Rest(DeliveryEvent its)
    {
        if (its is DeliveryEvent.Repeated)
        {
            yield return NotificationText.NobodyYet;
        }

        if (line.Alarm.EndedMs is { } endedMs && its is not DeliveryEvent.Withdrawn)
        {
            yield return NotificationText.Until(At(endedMs));
        }

        if (its is DeliveryEvent.Withdrawn)
        {
            yield return NotificationText.NotJustified;
        }

        if (line.Alarm is { AcknowledgedUtc: not null, AcknowledgedBy: { } by })
        {
            yield return NotificationText.By(by, line.Alarm.Comment ?? "");
        }
    }

    private string At(long ms)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(ms), reader.Zone);
        return local.ToString("d MMM yyyy, HH:mm", reader.Language.Culture);
    }
}
