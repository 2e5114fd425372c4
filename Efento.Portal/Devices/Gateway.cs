namespace Efento.Portal.Devices;

/// <summary>A gateway, as its heartbeats and messages describe it. Source of the fields: docs/gateway-api.md, "Heartbeat body".</summary>
public sealed class Gateway
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The serial it reports; null until a heartbeat, header or path names it.</summary>
    public string? Serial { get; set; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>Its name until a user gives it another.</summary>
    internal static string FirstName(int id, string? serial) => serial ?? $"Gateway {id}";

    /// <summary>The token it was last heard with.</summary>
    public required int TokenId { get; set; }

    /// <summary>Its software version as sent.</summary>
    public string? SoftwareVersion { get; set; }

    /// <summary>How long it has been running, in seconds.</summary>
    public long? UptimeSeconds { get; set; }

    /// <summary>The number of loggers that it reports to hear.</summary>
    public int? LoggerCount { get; set; }

    /// <summary>Its power status as sent, such as CHARGING or UNPLUGGED.</summary>
    public string? Power { get; set; }

    /// <summary>Its battery, 0 to 100 %.</summary>
    public double? BatteryPercent { get; set; }

    /// <summary>The address of its last message.</summary>
    public string? Address { get; set; }

    /// <summary>When it was first heard.</summary>
    public required DateTimeOffset FirstSeenUtc { get; init; }

    /// <summary>Its last heartbeat.</summary>
    public DateTimeOffset? LastHeartbeatUtc { get; set; }

    /// <summary>The observed time between heartbeats, in seconds: the median of the last ones; null before the second.</summary>
    public int? HeartbeatIntervalSeconds { get; set; }

    /// <summary>When its uptime last went down, which means that it was restarted.</summary>
    public DateTimeOffset? RestartedUtc { get; set; }

    /// <summary>The note that users wrote about it; null if there is none.</summary>
    public string? Note { get; set; }

    /// <summary>When it was retired; null while it is in use. A heartbeat brings it back.</summary>
    public DateTimeOffset? RetiredUtc { get; set; }

    /// <summary>Counts changes by people, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }
}

/// <summary>One heartbeat of a gateway, raw JSON included.</summary>
public sealed class Heartbeat
{
    /// <summary>The id of its message.</summary>
    public required long MessageId { get; init; }

    /// <summary>The gateway.</summary>
    public required int GatewayId { get; init; }

    /// <summary>How long the gateway had been running, in seconds.</summary>
    public long? UptimeSeconds { get; init; }

    /// <summary>Its power status as sent.</summary>
    public string? Power { get; init; }

    /// <summary>Its battery, 0 to 100 %.</summary>
    public double? BatteryPercent { get; init; }

    /// <summary>The number of loggers that it reported to hear.</summary>
    public int? LoggerCount { get; init; }

    /// <summary>Its software version as sent.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>The body as received. Numbers that JSON does not allow, such as <c>nan</c>, are replaced by null.</summary>
    public required string Json { get; init; }
}
