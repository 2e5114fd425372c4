using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Sms;

namespace Efento.Portal.Notifications.Documents;

/// <summary>
/// A channel as a document has it. A secret that it does not mention stays as it is stored, so that an exported document changes nothing
/// when it is imported; but no stored secret is ever sent to another server than the one it was entered for.
/// </summary>
/// <param name="Settings">The settings.</param>
/// <param name="Given">The names of the secret fields that the document has, be they null.</param>
/// <param name="Path">Where it is in the document; empty if it is a document by itself.</param>
internal sealed record ChannelDraft(ChannelSettings Settings, IReadOnlySet<string> Given, string Path)
{
    /// <summary>The settings with the secrets that stay, or what is wrong.</summary>
    /// <param name="known">The channel as it is stored, with its secrets; null if there is none of this key.</param>
    public (ChannelSettings Settings, NotificationFault? Fault) Over(ChannelSettings? known)
    {
        var stored = known is not null && known.Kind == Settings.Kind ? StillUsed(ChannelSecrets.Of(known)) : new ChannelSecrets();
        var kept = new ChannelSecrets
        {
            Password = Given.Contains(SecretFields.Password) ? Settings.Password : stored.Password,
            Secret = Given.Contains(SecretFields.Secret) ? Settings.Secret : stored.Secret,
            Url = ChannelSecrets.IsUrlSecret(Settings.Kind) ? Settings.Url ?? stored.Url : null,
            Headers = Given.Contains(SecretFields.Headers) ? Settings.Headers : stored.Headers,
        };
        var merged = kept.In(Settings);
        return (merged, FaultOf(merged, stored, known));
    }

    /// <summary>A mail server is shown a password or a token. What the channel does not need any more is forgotten.</summary>
    private ChannelSecrets StillUsed(ChannelSecrets stored) => Settings.Kind is not ChannelKind.Email ? stored
        : Settings.TokenUrl is null ? stored with { Secret = null }
        : stored with { Password = null };

    private NotificationFault? FaultOf(ChannelSettings merged, ChannelSecrets stored, ChannelSettings? known)
    {
        if (ChannelSecrets.IsUrlSecret(merged.Kind) && merged.Url is null)
        {
            return Of(NotificationFaultKind.Missing, SecretFields.Url);
        }

        if (merged is { TokenUrl: not null, Secret: null })
        {
            return Of(NotificationFaultKind.Missing, SecretFields.Secret);
        }

        var stays = new (string Field, bool Is)[]
        {
            (SecretFields.Password, stored.Password is not null), (SecretFields.Secret, stored.Secret is not null),
            (SecretFields.Headers, stored.Headers.Count > 0),
        };
        var field = Array.Find(stays, s => s.Is && !Given.Contains(s.Field)).Field;
        return field is not null && !LeadsToTheSame(merged, known!) ? Of(NotificationFaultKind.SecretAgain, field) : null;
    }

    private static bool LeadsToTheSame(ChannelSettings one, ChannelSettings other) =>
        (one.Host, one.Port, one.User, one.Url) == (other.Host, other.Port, other.User, other.Url)
        && (one.TokenUrl, one.ClientId) == (other.TokenUrl, other.ClientId)
        && (one.Kind is not ChannelKind.Sms || SmsSender.ProviderOf(one.Template) == SmsSender.ProviderOf(other.Template))
        && (one.Security == other.Security || one.Security is not ChannelSecurity.None);

    private NotificationFault Of(NotificationFaultKind kind, string field) => new(kind, Path.Length == 0 ? field : $"{Path}.{field}");
}

/// <summary>The names of the fields of channels that are secret.</summary>
internal static class SecretFields
{
    public const string Password = "password";
    public const string Secret = "secret";
    public const string Url = "url";
    public const string Headers = "headers";
}
