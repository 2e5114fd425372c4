using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Telling;

namespace Efento.Portal.Notifications.Administration;

/// <summary>Writes messages that are marked as tests, in the current language.</summary>
internal sealed class TestMessages(PublicAddress address, PeopleDirectory people, TimeProvider time)
{
    /// <summary>What programs know such a message by.</summary>
    public const string EventType = "portal.test";

    /// <summary>A message.</summary>
    /// <param name="actor">Who tests.</param>
    /// <param name="recipient">Whom it goes to; null where the channel itself is the recipient.</param>
    public OutgoingMessage Write(Actor actor, string? recipient)
    {
        var (key, now) = (AlarmTelling.NewKey(), time.GetUtcNow());
        var text = TestMessageText.Words(actor.Name);
        return new()
        {
            Key = key,
            Thread = "test",
            Recipient = recipient,
            Subject = TestMessageText.Subject(people.Site?.Name ?? PortalLink.Name),
            Text = text,
            Brief = text,
            Link = address.LinkTo("") is { } url ? new Uri(url) : null,
            EventType = EventType,
            Json = JsonSerializer.Serialize(
                new { Type = EventType, Timestamp = now, Data = new { Text = text } }, JsonSerializerOptions.Web),
            AtUtc = now.UtcDateTime,
            IsTest = true,
        };
    }
}
