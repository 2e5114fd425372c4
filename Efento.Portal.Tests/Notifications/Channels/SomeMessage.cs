using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications.Channels;

/// <summary>Messages to send.</summary>
internal static class SomeMessage
{
    /// <summary>An alarm as a person is told of it.</summary>
    public static OutgoingMessage Raised(string? recipient = null) => new()
    {
        Key = "delivery-17",
        Thread = "alarm-5",
        Recipient = recipient,
        Subject = "Critical: Fridge 2, 9.4 °C, limit 8 °C, since 02:14",
        Text = "Fridge 2 is at 9.4 °C.\nThe limit is 8 °C.",
        Brief = "The limit is 8 °C.",
        Path = "alarms/5",
        Link = new Uri("https://portal.site.example/alarms/5"),
        Level = AlarmLevel.Critical,
        EventType = "alarm.raised",
        Json = """{"type":"alarm.raised","data":{"point":"Lodówka 2"}}""",
        AtUtc = Some.Start.UtcDateTime,
    };
}
