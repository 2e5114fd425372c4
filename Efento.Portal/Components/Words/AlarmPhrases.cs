using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Measurements;
using Efento.Portal.Notifications.Sending;

namespace Efento.Portal.Components.Words;

/// <summary>The words of pages for messages.</summary>
internal sealed class AlarmPhrases : IAlarmPhrases
{
    /// <inheritdoc/>
    public string Level(AlarmLevel level) => AlarmWords.Level(level);

    /// <inheritdoc/>
    public string Subject(AlarmLine line) => AlarmWords.Subject(line);

    /// <inheritdoc/>
    public string What(AlarmLine line, Units units) => AlarmWords.What(line, units);
}
