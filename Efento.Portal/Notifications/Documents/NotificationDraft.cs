using Efento.Portal.Alarms;
using Efento.Portal.Measurements;
using Efento.Portal.Notifications.Duty;

namespace Efento.Portal.Notifications.Documents;

/// <summary>What a document of notifications says.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="People">The people.</param>
/// <param name="Rotas">The rotas.</param>
/// <param name="Chains">The chains.</param>
internal sealed record NotificationDraft(
    IReadOnlyList<ChannelDraft> Channels, IReadOnlyList<PersonDraft> People, IReadOnlyList<RotaDraft> Rotas,
    IReadOnlyList<ChainDraft> Chains)
{
    /// <summary>How the portal lets others know that it watches; null if it does not.</summary>
    public WatchDraft? Watching { get; init; }

    /// <summary>Nothing.</summary>
    public static NotificationDraft None { get; } = new([], [], [], []);
}

/// <summary>A person as a document has them.</summary>
/// <param name="Address">The e-mail address.</param>
/// <param name="Language">The language as two letters; null if it is not said.</param>
/// <param name="Channels">The keys of the channels; empty if none is named.</param>
internal sealed record PersonDraft(string Address, string? Language, IReadOnlyList<string> Channels)
{
    /// <summary>The time zone, an IANA name; null if it is not said.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The unit of temperatures; null if it is not said.</summary>
    public TemperatureUnit? Temperature { get; init; }

    /// <summary>The unit of air pressure; null if it is not said.</summary>
    public PressureUnit? Pressure { get; init; }

    /// <summary>The quiet hours; null for none.</summary>
    public QuietHours? Quiet { get; init; }
}

/// <summary>A rota as a document has it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="TimeZone">The time zone, an IANA name.</param>
/// <param name="FromDay">A day on which the first person's week begins.</param>
/// <param name="HandOverMinute">The minute of the day at which the next person takes over.</param>
/// <param name="People">The people.</param>
/// <param name="Path">Where it is in the document.</param>
internal sealed record RotaDraft(string Key, string TimeZone, DateOnly FromDay, int HandOverMinute, RotaPeople People, string Path);

/// <summary>A chain as a document has it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Place">The names of the path of the location; null for the whole site.</param>
/// <param name="Level">The lowest level.</param>
/// <param name="Steps">The steps.</param>
/// <param name="RepeatMs">How often everybody is told again, in ms; null for once.</param>
/// <param name="Path">Where it is in the document.</param>
internal sealed record ChainDraft(
    string Key, IReadOnlyList<string>? Place, AlarmLevel Level, IReadOnlyList<ChainStep> Steps, long? RepeatMs, string Path);
