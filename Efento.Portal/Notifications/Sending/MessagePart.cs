using Efento.Portal.Alarms.Lists;

namespace Efento.Portal.Notifications.Sending;

/// <summary>What a message says of one alarm.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Line">The alarm as it is now.</param>
/// <param name="Answer">The link with which its reader acknowledges the alarm; null if they can't.</param>
internal sealed record MessagePart(Delivery Delivery, AlarmLine Line, Uri? Answer = null);
