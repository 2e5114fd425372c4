using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications;

/// <summary>What is secret of a channel's settings.</summary>
internal sealed record ChannelSecrets
{
    public string? Password { get; init; }

    public string? Secret { get; init; }

    /// <summary>The address, where it is a secret itself.</summary>
    public string? Url { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Password is null && Secret is null && Url is null && Headers.Count == 0;

    /// <summary>Whether the address of a kind is a secret, because whoever knows it can write there.</summary>
    public static bool IsUrlSecret(ChannelKind kind) => kind is ChannelKind.Slack or ChannelKind.Teams;

    /// <summary>The secrets of settings.</summary>
    public static ChannelSecrets Of(ChannelSettings settings) => new()
    {
        Password = settings.Password,
        Secret = settings.Secret,
        Url = IsUrlSecret(settings.Kind) ? settings.Url : null,
        Headers = settings.Headers,
    };

    /// <summary>Settings without their secrets.</summary>
    public static ChannelSettings Without(ChannelSettings settings) =>
        new ChannelSecrets().In(settings) with { Url = IsUrlSecret(settings.Kind) ? null : settings.Url };

    /// <summary>Settings with these secrets.</summary>
    public ChannelSettings In(ChannelSettings settings) => settings with
    {
        Password = Password,
        Secret = Secret,
        Url = Url ?? settings.Url,
        Headers = Headers,
    };
}
