namespace Efento.Portal.Notifications.Documents;

/// <summary>How the portal lets others know that it watches, as a document has it.</summary>
/// <param name="Mail">The daily mail; null for none.</param>
/// <param name="Call">The calls; null for none.</param>
internal sealed record WatchDraft(WatchMailDraft? Mail, WatchCallDraft? Call);

/// <summary>The daily mail of a document.</summary>
/// <param name="AtMinute">The minute of the day.</param>
/// <param name="TimeZone">The time zone, an IANA name; null for that of the site.</param>
/// <param name="People">The addresses.</param>
internal sealed record WatchMailDraft(int AtMinute, string? TimeZone, IReadOnlyList<string> People);

/// <summary>The calls of a document.</summary>
/// <param name="Url">The address; null if the one that is stored stays.</param>
/// <param name="IsPost">Whether they are made with POST, not with GET.</param>
/// <param name="EveryMs">How often, in ms.</param>
/// <param name="AllowPrivateNetworks">Whether they may go to private networks.</param>
internal sealed record WatchCallDraft(string? Url, bool IsPost, long EveryMs, bool AllowPrivateNetworks);
