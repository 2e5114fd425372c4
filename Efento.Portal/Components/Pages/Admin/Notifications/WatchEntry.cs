using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Words;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Duty;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>How others notice that the portal stops watching, as the document has it.</summary>
/// <param name="entry">The fields of the document.</param>
internal sealed class WatchEntry(NotificationEntry entry)
{
    /// <summary>A method of HTTP.</summary>
    public static readonly string Get = "GET";

    /// <summary>A method of HTTP.</summary>
    public static readonly string Post = "POST";

    private readonly NotificationEntry? _mail = entry.Entry("mail");
    private readonly NotificationEntry? _call = entry.Entry("deadMan");

    /// <summary>Whether there is a mail.</summary>
    public bool HasMail => _mail is not null;

    /// <summary>Whether an address is called.</summary>
    public bool HasCalls => _call is not null;

    /// <summary>The time of the mail; empty for none.</summary>
    public string At => _mail?.Text("at") ?? "";

    /// <summary>The zone of that time; empty for that of the site.</summary>
    public string Zone => _mail?.Text("zone") ?? "";

    /// <summary>Who gets the mail.</summary>
    public IReadOnlyList<string> People => _mail?.Texts("people") ?? [];

    /// <summary>How often the address is called, as it was typed; empty for never.</summary>
    public string Every => _call?.Text("every") ?? "";

    /// <summary>The same in words.</summary>
    public string EveryInWords => GatewayWords.Span((RuleDuration.Parse(Every) ?? 0) / 1000);

    /// <summary>The method of the calls.</summary>
    public string Method => _call?.Text("method") ?? Get;

    /// <summary>Whether calls may go to private networks.</summary>
    public bool AllowsPrivateNetworks => _call?.Json["allowPrivateNetworks"]?.GetValue<bool>() ?? false;

    /// <summary>The fields of the document for what was entered.</summary>
    public static NotificationEntry Of(
        string at, string zone, IReadOnlyList<string> people, string every, string url, string method, bool allowsPrivateNetworks)
    {
        var mail = NotificationEntry.Of(("at", DayTime.Typed(at)), ("zone", zone.Trim()), ("people", NotificationEntry.ListOf(people)));
        var call = NotificationEntry.Of(
            ("url", url.Trim()), ("method", method), ("every", every.Trim()), ("allowPrivateNetworks", allowsPrivateNetworks));
        return NotificationEntry.Of(
            ("mail", at.Length + people.Count == 0 ? null : mail.Json), ("deadMan", every.Length + url.Length == 0 ? null : call.Json));
    }
}
