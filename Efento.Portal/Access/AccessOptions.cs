namespace Efento.Portal.Access;

/// <summary>How long people stay signed in, and which proxies are believed.</summary>
public sealed class AccessOptions
{
    /// <summary>After how long without a key, click or tap a session ends. The default is 12 hours.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>After how long a session ends, whatever its person does. The default is 30 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Addresses or networks (CIDR) of proxies in front of the portal: from them alone X-Forwarded-For and X-Forwarded-Proto count. The
    /// default is none.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];
}
