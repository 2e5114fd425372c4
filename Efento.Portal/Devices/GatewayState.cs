namespace Efento.Portal.Devices;

/// <summary>Whether a gateway is heard.</summary>
public enum GatewayCondition : byte
{
    /// <summary>It has not sent a message yet.</summary>
    NeverHeard,

    /// <summary>Its last message, of any kind, is recent.</summary>
    Online,

    /// <summary>Two heartbeats were due since its last message.</summary>
    Offline,
}

/// <summary>
/// Whether a gateway is heard, judged by its own heartbeat interval. Measurements prove that it is alive, just as heartbeats do.
/// </summary>
/// <param name="Condition">The verdict at the time asked for.</param>
/// <param name="OfflineFromUtc">When it went or will go offline if nothing comes; null if it was never heard.</param>
public readonly record struct GatewayState(GatewayCondition Condition, DateTimeOffset? OfflineFromUtc)
{
    /// <summary>The gateways' default setting; used until the second heartbeat. Source: docs/gateway-api.md, "Heartbeat body".</summary>
    public static readonly TimeSpan DefaultHeartbeatInterval = TimeSpan.FromMinutes(15);

    /// <summary>The shortest interval that can be set on a gateway. Two heartbeats closer together come from a restart.</summary>
    public static readonly TimeSpan ShortestHeartbeatInterval = TimeSpan.FromMinutes(1);

    /// <summary>The state at <paramref name="now"/>.</summary>
    /// <param name="lastMessageUtc">The last message of any kind; null if none has come.</param>
    /// <param name="heartbeatIntervalSeconds">The observed time between heartbeats in seconds; null if not known yet.</param>
    /// <param name="now">The present time.</param>
    public static GatewayState At(DateTimeOffset? lastMessageUtc, int? heartbeatIntervalSeconds, DateTimeOffset now)
    {
        if (lastMessageUtc is not { } last)
        {
            return new(GatewayCondition.NeverHeard, null);
        }

        var offlineFrom = last + PatienceWith(heartbeatIntervalSeconds);
        return new(now > offlineFrom ? GatewayCondition.Offline : GatewayCondition.Online, offlineFrom);
    }

    /// <summary>How long after its last message a gateway counts as offline.</summary>
    /// <param name="heartbeatIntervalSeconds">The observed time between heartbeats in seconds; null if not known yet.</param>
    public static TimeSpan PatienceWith(int? heartbeatIntervalSeconds)
    {
        var interval = heartbeatIntervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultHeartbeatInterval;
        return 2 * (interval > ShortestHeartbeatInterval ? interval : ShortestHeartbeatInterval);
    }

    /// <summary>
    /// Whether a gateway was restarted between two heartbeats: its uptime fell to at most the time between them plus a minute. If it fell
    /// to more than that, an old heartbeat was sent again, or a clock was set.
    /// </summary>
    /// <param name="before">The uptime in the earlier one, in seconds.</param>
    /// <param name="after">The uptime in the later one, in seconds.</param>
    /// <param name="between">The time between them, as received.</param>
    public static bool IsRestart(long? before, long? after, TimeSpan between) =>
        after < before && after <= (between + TimeSpan.FromMinutes(1)).TotalSeconds;
}
