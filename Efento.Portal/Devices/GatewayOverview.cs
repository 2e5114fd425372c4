namespace Efento.Portal.Devices;

/// <summary>The current state of a gateway.</summary>
public sealed record GatewayOverview
{
    /// <summary>The key.</summary>
    public required int Id { get; init; }

    /// <summary>The serial it reports; null until it is known.</summary>
    public string? Serial { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The token it was last heard with.</summary>
    public required int TokenId { get; init; }

    /// <summary>What people call that token.</summary>
    public string? TokenName { get; init; }

    /// <summary>
    /// Serials or names of other gateways under the same token that are heard too. Measurements may then be assigned to the token only.
    /// </summary>
    public required IReadOnlyList<string> SharesTokenWith { get; init; }

    /// <summary>
    /// Serial or name of the gateway to which measurements under the token are assigned since this one's heartbeats stopped. Null if its
    /// heartbeats still come, or if no other gateway is heard.
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

    /// <summary>The number of loggers that it reports to hear.</summary>
    public int? LoggerCount { get; init; }

    /// <summary>Its power status as sent.</summary>
    public string? Power { get; init; }

    /// <summary>Whether it runs on its battery, which lasts some hours.</summary>
    public bool IsOnBattery => IsBattery(Power);

    /// <summary>Its battery, 0 to 100 %.</summary>
    public double? BatteryPercent { get; init; }

    /// <summary>The address of its last heartbeat.</summary>
    public string? Address { get; init; }

    /// <summary>Whether its last message came over plain HTTP; null if none came since the portal's start.</summary>
    public bool? IsPlainHttp { get; init; }

    /// <summary>The note that users wrote about it; null if there is none.</summary>
    public string? Note { get; init; }

    /// <summary>Counts changes by people.</summary>
    public int Version { get; init; }

    /// <summary>The loggers heard through it (<see cref="LoggerGateways"/>), by serial.</summary>
    public required IReadOnlyList<string> Loggers { get; init; }

    /// <summary>
    /// The message it is stuck with: it is too large, so the gateway sends it again and again, and nothing after it. Under a shared token
    /// the message may be another gateway's. Null if it is not stuck.
    /// </summary>
    public StuckMessage? Stuck { get; init; }

    /// <summary>Whether a power status as sent means that the gateway runs on its battery.</summary>
    public static bool IsBattery(string? power) => "UNPLUGGED".Equals(power?.Trim(), StringComparison.OrdinalIgnoreCase);
}

/// <summary>A message that was rejected with 413, with no measurements since.</summary>
/// <param name="Bytes">Its size as far as it is known.</param>
/// <param name="RefusedUtc">When it last came.</param>
/// <param name="IsOfToken">Whether it is unknown which of the gateways that share a token sent it.</param>
public sealed record StuckMessage(long Bytes, DateTimeOffset RefusedUtc, bool IsOfToken = false);

/// <summary>A gateway with everything in its last heartbeat.</summary>
/// <param name="Overview">The gateway.</param>
/// <param name="Heartbeat">
/// Every key of its last heartbeat, flattened, with its value as text. Empty if none has come, or if it is not JSON.
/// </param>
internal sealed record GatewayDetails(GatewayOverview Overview, IReadOnlyList<KeyValuePair<string, string>> Heartbeat);
