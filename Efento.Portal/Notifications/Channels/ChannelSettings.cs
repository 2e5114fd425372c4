namespace Efento.Portal.Notifications.Channels;

/// <summary>A channel's settings. Secret fields are clear text here, encrypted where they are stored.</summary>
public sealed record ChannelSettings
{
    /// <summary>How many own headers a channel may have.</summary>
    public const int MaxHeaders = 10;

    /// <summary>The channel's name in files and chains.</summary>
    public required string Key { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>The server of e-mail and MQTT.</summary>
    public string? Host { get; init; }

    /// <summary>The server's port, or the usual one of the kind and its <see cref="Security"/>.</summary>
    public int? Port { get; init; }

    /// <summary>How the connection to <see cref="Host"/> is protected. The default is none.</summary>
    public ChannelSecurity Security { get; init; }

    /// <summary>The sender that people see: an e-mail address, or the number or name that text messages come from.</summary>
    public string? From { get; init; }

    /// <summary>The phone number that text messages go to, such as that of the phone of whoever is on duty.</summary>
    public string? To { get; init; }

    /// <summary>Who signs in. Without a user, nobody signs in, but for kinds that know a <see cref="Password"/> alone.</summary>
    public string? User { get; init; }

    /// <summary>The password of <see cref="User"/>, or an access token. A secret.</summary>
    public string? Password { get; init; }

    /// <summary>Where HTTP requests go. For Slack and Teams, the address itself is a secret.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// Where access tokens for a mail server are asked for (OAuth 2.0, client credentials), an address of HTTPS. The default is none: the
    /// server asks for a <see cref="Password"/>.
    /// </summary>
    public string? TokenUrl { get; init; }

    /// <summary>As whom tokens are asked for. Its secret is <see cref="Secret"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>What tokens are asked for; null if the server of tokens knows.</summary>
    public string? Scope { get; init; }

    /// <summary>What webhooks are signed with, as <c>whsec_…</c>, or the secret of <see cref="ClientId"/>. A secret.</summary>
    public string? Secret { get; init; }

    /// <summary>Headers that are sent with each HTTP request, at most <see cref="MaxHeaders"/>. Their values are secrets.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// For text messages: <c>twilio</c>, <c>smsapi</c>, or the body of the request, with <c>{to}</c>, <c>{text}</c>, <c>{from}</c> and
    /// <c>{key}</c> to fill. For MQTT: what topics begin with.
    /// </summary>
    public string? Template { get; init; }

    /// <summary>Whether HTTP requests may go to private, loopback and link-local addresses. The default is no.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>What may stand in a log: no field that is a secret.</summary>
    public override string ToString() => $"{Kind} {Key}";
}
