namespace Efento.Portal.Configuration;

/// <summary>How long users stay signed in, and which proxies are trusted.</summary>
public sealed class AccessOptions
{
    /// <summary>The time without a key, click or tap after which a session ends. The default is 12 hours.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>The time after which a session ends even if it is in use. The default is 30 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Addresses or networks (CIDR) of proxies in front of the portal. X-Forwarded-For and X-Forwarded-Proto are used only if they come
    /// from one of them. The default is none.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];
}
