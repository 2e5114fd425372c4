using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Documents;

/// <summary>What a document of notifications says.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="People">The people.</param>
/// <param name="Chains">The chains.</param>
internal sealed record NotificationDraft(
    IReadOnlyList<ChannelDraft> Channels, IReadOnlyList<PersonDraft> People, IReadOnlyList<ChainDraft> Chains);

/// <summary>A person as a document has them.</summary>
/// <param name="Address">The e-mail address.</param>
/// <param name="Language">The language as two letters; null if it is not said.</param>
/// <param name="Channels">The keys of the channels; empty if none is named.</param>
internal sealed record PersonDraft(string Address, string? Language, IReadOnlyList<string> Channels);

/// <summary>A chain as a document has it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Place">The names of the path of the location; null for the whole site.</param>
/// <param name="Level">The lowest level.</param>
/// <param name="Steps">The steps.</param>
/// <param name="RepeatMs">How often everybody is told again, in ms; null for once.</param>
/// <param name="Path">Where it is in the document.</param>
internal sealed record ChainDraft(
    string Key, IReadOnlyList<string>? Place, AlarmLevel Level, IReadOnlyList<ChainStep> Steps, long? RepeatMs, string Path);
