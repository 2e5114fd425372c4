using System.Globalization;
using System.Net;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications.Sending;

/// <summary>Writes messages about alarms, as the reader reads them.</summary>
internal sealed class MessageWriter(IAlarmPhrases phrases, PublicAddress address)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The message of a delivery.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="line">The alarm as it is now.</param>
    /// <param name="reader">Who reads it.</param>
    public OutgoingMessage Write(Delivery delivery, AlarmLine line, Reader reader)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (reader.Language.Culture, reader.Language.Culture);
        try
        {
            return Write(delivery, line, new Told(phrases, line, reader));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private OutgoingMessage Write(Delivery delivery, AlarmLine line, Told told)
    {
        if (delivery.Event is DeliveryEvent.Cleared)
        {
            return Nothing(delivery, line);
        }

        var link = address.LinkTo($"alarms/{line.Alarm.Id}") is { } url ? new Uri(url) : null;
        string[] sentences = [told.Subject(delivery.Event), told.Where, .. told.Rest(delivery.Event)];
        var lines = sentences.Where(s => s.Length > 0).ToList();
        return new()
        {
            Key = delivery.Key,
            Thread = ThreadOf(line.Alarm),
            Recipient = delivery.Address,
            Subject = OneLine(lines[0]),
            Text = string.Join('\n', [.. lines, .. link is null ? (string[])[] : ["", NotificationText.Open(link.AbsoluteUri)]]),
            Html = HtmlOf(lines, link),
            Link = link,
            Level = line.Alarm.Level,
            EventType = TypeOf(delivery.Event),
            Json = JsonOf(delivery, line, link),
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

    /// <summary>What keeps the messages of an alarm together: it is of this portal alone, wherever its database is restored.</summary>
    private static string ThreadOf(Alarm alarm) =>
        string.Create(CultureInfo.InvariantCulture, $"alarm-{alarm.Id}-{alarm.RaisedMs}");

    /// <summary>The name of what happened, for programs: alarm.raised.</summary>
    internal static string TypeOf(DeliveryEvent its) => $"alarm.{AlarmItem.Word(its)}";

    /// <summary>Names are data: no line break in one may begin another header.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string HtmlOf(IReadOnlyList<string> lines, Uri? link)
    {
        var head = $"<p><strong>{WebUtility.HtmlEncode(lines[0])}</strong></p>";
        var rest = string.Concat(lines.Skip(1).Select(l => $"<p>{WebUtility.HtmlEncode(l)}</p>"));
        var open = link is null
            ? ""
            : $"<p><a href=\"{WebUtility.HtmlEncode(link.AbsoluteUri)}\">{WebUtility.HtmlEncode(NotificationText.OpenAlarm)}</a></p>";
        return $"{head}{rest}{open}";
    }

    private static string JsonOf(Delivery delivery, AlarmLine line, Uri? link) => JsonSerializer.Serialize(
        new { Type = TypeOf(delivery.Event), Timestamp = delivery.DueUtc, Data = new { Alarm = AlarmItem.Of(line), Link = link } }, Json);
}
