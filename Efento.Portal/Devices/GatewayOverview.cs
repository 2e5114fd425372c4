namespace Efento.Portal.Devices;

/// <summary>A gateway as it stands now.</summary>
public sealed record GatewayOverview
{
    /// <summary>The key.</summary>
    public required int Id { get; init; }

    /// <summary>The serial it says; null until told.</summary>
    public string? Serial { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The token it was last heard with.</summary>
    public required int TokenId { get; init; }

    /// <summary>What people call that token.</summary>
    public string? TokenName { get; init; }

    /// <summary>Serials or names of other gateways under the same token that are heard as well: measurements may then belong to the token alone.</summary>
    public required IReadOnlyList<string> SharesTokenWith { get; init; }

    /// <summary>
    /// Serial or name of the gateway that measurements under the token belong to since this one's heartbeats stopped; null while they go on, or if
    /// no other one is heard.
    /// </summary>
    public string? Successor { get; init; }

    /// <summary>When it was retired; null while it is in use.</summary>
    public DateTimeOffset? RetiredUtc { get; init; }

    /// <summary>Whether it is heard.</summary>
    public required GatewayState State { get; init; }

    /// <summary>Its last message of any kind; null if none has come.</summary>
    public DateTimeOffset? LastMessageUtc { get; init; }

    /// <summary>Its last heartbeat.</summary>
    public DateTimeOffset? LastHeartbeatUtc { get; init; }

    /// <summary>The observed time between heartbeats, in seconds; null before the second.</summary>
    public int? HeartbeatIntervalSeconds { get; init; }

    /// <summary>When its uptime last went down; null if it never did.</summary>
    public DateTimeOffset? RestartedUtc { get; init; }

    /// <summary>When it was first heard.</summary>
    public required DateTimeOffset FirstSeenUtc { get; init; }

    /// <summary>Its software version as sent.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>How long it had been running at its last heartbeat, in seconds.</summary>
    public long? UptimeSeconds { get; init; }

    /// <summary>How many loggers it says it hears.</summary>
    public int? LoggerCount { get; init; }

    /// <summary>Its power status as sent.</summary>
    public string? Power { get; init; }

    /// <summary>Its battery, 0 to 100 %.</summary>
    public double? BatteryPercent { get; init; }

    /// <summary>The address of its last heartbeat.</summary>
    public string? Address { get; init; }

    /// <summary>Whether its last message came over plain HTTP; null if none came since the portal's start.</summary>
    public bool? IsPlainHttp { get; init; }

    /// <summary>What people noted of it; null if nobody did.</summary>
    public string? Note { get; init; }

    /// <summary>Counts changes by people.</summary>
    public int Version { get; init; }

    /// <summary>The loggers heard through it (<see cref="LoggerGateways"/>), by serial.</summary>
    public required IReadOnlyList<string> Loggers { get; init; }

    /// <summary>
    /// The message it is stuck with: too large, so it sends the same again and nothing behind it comes. Under a shared token it may be another
    /// gateway's. Null if it is not stuck.
    /// </summary>
    public StuckMessage? Stuck { get; init; }
}

/// <summary>A message refused with 413 after which no measurements came.</summary>
/// <param name="Bytes">Its size as far as it is known.</param>
/// <param name="RefusedUtc">When it last came.</param>
/// <param name="IsOfToken">Nothing tells which of the gateways that share a token has sent it.</param>
public sealed record StuckMessage(long Bytes, DateTimeOffset RefusedUtc, bool IsOfToken = false);

/// <summary>A gateway with everything its last heartbeat said.</summary>
/// <param name="Overview">The gateway.</param>
/// <param name="Heartbeat">Every key of its last heartbeat, flattened, with its value as text; empty if none has come or it is no JSON.</param>
public sealed record GatewayDetails(GatewayOverview Overview, IReadOnlyList<KeyValuePair<string, string>> Heartbeat);
