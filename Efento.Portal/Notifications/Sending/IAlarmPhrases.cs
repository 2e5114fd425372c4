using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Measurements;

namespace Efento.Portal.Notifications.Sending;

/// <summary>
/// Says of alarms in messages what pages say of them, in the current language. Pages implement it, so that there is one set of words.
/// </summary>
internal interface IAlarmPhrases
{
    /// <summary>The word for a level.</summary>
    string Level(AlarmLevel level);

    /// <summary>The name of what an alarm is about: the measuring point, the gateway or the portal.</summary>
    string Subject(AlarmLine line);

    /// <summary>What is wrong and how far, such as "Temperature above 8 °C: 11.2 °C".</summary>
    string What(AlarmLine line, Units units);
}
