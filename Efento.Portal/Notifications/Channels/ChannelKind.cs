namespace Efento.Portal.Notifications.Channels;

/// <summary>The kinds of channels.</summary>
public enum ChannelKind : byte
{
    /// <summary>E-mail through a server of the site.</summary>
    Email = 1,

    /// <summary>A signed POST to another program, as Standard Webhooks describes it.</summary>
    Webhook = 2,

    /// <summary>A topic of an ntfy server.</summary>
    Ntfy = 3,

    /// <summary>An incoming webhook of Slack.</summary>
    Slack = 4,

    /// <summary>An incoming webhook of Microsoft Teams.</summary>
    Teams = 5,

    /// <summary>A text message through the HTTP interface of a provider.</summary>
    Sms = 6,

    /// <summary>A broker of MQTT.</summary>
    Mqtt = 7,

    /// <summary>Web Push to the installed page.</summary>
    Push = 8,
}
