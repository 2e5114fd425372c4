using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Channels;

/// <summary>How urgent a message is: as bad as its alarm, unless it says that all is well or somebody is on it.</summary>
internal static class Urgency
{
    public static AlarmLevel? Of(OutgoingMessage message) =>
        message.EventType is "alarm.ended" or "alarm.acknowledged" or "alarm.foundLate" ? null : message.Level;
}
