using System.Globalization;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications.Sending;

/// <summary>Writes messages about alarms, as the reader reads them.</summary>
internal sealed class MessageWriter(IAlarmPhrases phrases, PublicAddress address)
{
    private const string ListPath = "alarms";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The message about one alarm.</summary>
    public OutgoingMessage Write(MessagePart part, Reader reader) => In(reader, () => WriteOne(part, reader));

    /// <summary>The message that says several deliveries at once.</summary>
    /// <param name="parts">What it says. The first one gives it its key, so that another attempt of the same has the same.</param>
    /// <param name="reader">Who reads it.</param>
    public OutgoingMessage Write(IReadOnlyList<MessagePart> parts, Reader reader) =>
        parts.Count == 1 ? Write(parts[0], reader) : In(reader, () => WriteGathered(parts, reader));

    /// <summary>The name of what happened, for programs: alarm.raised.</summary>
    internal static string TypeOf(DeliveryEvent its) => $"alarm.{AlarmItem.Word(its)}";

    /// <summary>Writes a message in the language of its reader.</summary>
    internal static OutgoingMessage In(Reader reader, Func<OutgoingMessage> write)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (reader.Language.Culture, reader.Language.Culture);
        try
        {
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private OutgoingMessage WriteOne(MessagePart part, Reader reader)
    {
        var (delivery, line, its) = (part.Delivery, part.Line, part.Delivery.Event);
        if (its is DeliveryEvent.Cleared)
        {
            return Nothing(delivery, line);
        }

        var told = new Told(phrases, line, reader);
        var path = PathOf(line.Alarm);
        var link = LinkTo(path);
        var body = new MessageBody();
        body.AddHead(told.Subject(its));
        body.Add([told.Where, .. told.Rest(its)]);
        body.AddLinks(
            new(link, NotificationText.OpenAlarm, NotificationText.Open),
            new(part.Answer, NotificationText.AnswerAlarm, NotificationText.Answer));
        return new()
        {
            Key = delivery.Key,
            Thread = ThreadOf(line.Alarm),
            Recipient = delivery.Address,
            Subject = OneLine(body.Head),
            Text = body.Text,
            Brief = body.Brief,
            Html = body.Html,
            Link = link,
            Path = path,
            Answer = part.Answer,
            Level = line.Alarm.Level,
            EventType = TypeOf(its),
            Json = JsonSerializer.Serialize(
                new { Type = TypeOf(its), Timestamp = delivery.DueUtc, Data = new { Alarm = AlarmItem.Of(line), Link = link } }, Json),
            AtUtc = delivery.DueUtc.UtcDateTime,
        };
    }

    /// <summary>What takes back the message that a broker keeps: nothing in its place.</summary>
    private static OutgoingMessage Nothing(Delivery delivery, AlarmLine line) => new()
    {
        Key = delivery.Key,
        Thread = ThreadOf(line.Alarm),
        Subject = "",
        Text = "",
        EventType = TypeOf(delivery.Event),
        Json = "",
        AtUtc = delivery.DueUtc.UtcDateTime,
    };

    private OutgoingMessage WriteGathered(IReadOnlyList<MessagePart> parts, Reader reader)
    {
        var gathered = new GatheredWords(phrases, parts, reader);
        var (first, type) = (parts[0].Delivery, gathered.OneEvent is { } its ? TypeOf(its) : "alarm.gathered");
        var link = LinkTo(ListPath);
        var body = new MessageBody();
        body.AddHead(gathered.Subject);
        foreach (var (part, sentence) in gathered.Lines)
        {
            body.AddItem(
                sentence,
                new(LinkTo(PathOf(part.Line.Alarm)), NotificationText.OpenAlarm, NotificationText.Open),
                new(part.Answer, NotificationText.AnswerAlarm, NotificationText.Answer));
        }

        body.Add([gathered.More]);
        body.AddLinks(new MessageLink(link, NotificationText.OpenAlarms, NotificationText.OpenList));
        return new()
        {
            Key = first.Key,
            Thread = $"gathered-{first.Key}",
            Recipient = first.Address,
            Subject = OneLine(body.Head),
            Text = body.Text,
            Brief = body.Brief,
            Html = body.Html,
            Link = link,
            Path = ListPath,
            Level = gathered.Worst,
            EventType = type,
            Json = JsonSerializer.Serialize(
                new { Type = type, Timestamp = first.DueUtc, Data = new { Alarms = parts.Select(p => AlarmItem.Of(p.Line)), Link = link } },
                Json),
            AtUtc = first.DueUtc.UtcDateTime,
        };
    }

    private static string PathOf(Alarm alarm) => string.Create(CultureInfo.InvariantCulture, $"{ListPath}/{alarm.Id}");

    private Uri? LinkTo(string path) => address.LinkTo(path) is { } url ? new Uri(url) : null;

    /// <summary>What keeps the messages of an alarm together: it is of this portal alone, wherever its database is restored.</summary>
    private static string ThreadOf(Alarm alarm) =>
        string.Create(CultureInfo.InvariantCulture, $"alarm-{alarm.Id}-{alarm.RaisedMs}");

    /// <summary>Names are data: no line break in one may begin another header.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
