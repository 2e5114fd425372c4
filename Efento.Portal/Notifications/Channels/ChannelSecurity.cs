namespace Efento.Portal.Notifications.Channels;

/// <summary>How the connection to a server of mail or MQTT is protected.</summary>
public enum ChannelSecurity : byte
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Begun in the clear and changed to TLS before anything is said. A server that offers no TLS is not used.</summary>
    StartTls = 1,

    /// <summary>TLS from the first byte on.</summary>
    Tls = 2,
}
