namespace Efento.Portal.Devices;

/// <summary>A gateway as the read API returns it. What the gateway has not reported is null.</summary>
internal sealed record GatewayItem
{
    /// <summary>The key.</summary>
    public required int Id { get; init; }

    /// <summary>The serial it reports.</summary>
    public required string? Serial { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>neverHeard, online or offline, by its own heartbeat interval.</summary>
    public required string State { get; init; }

    /// <summary>Whether it, or one of the gateways it shares its token with, is stuck with a message that is too large.</summary>
    public required bool Stuck { get; init; }

    /// <summary>When it was first heard.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>Its last message of any kind.</summary>
    public required DateTimeOffset? LastMessageAt { get; init; }

    /// <summary>Its last heartbeat.</summary>
    public required DateTimeOffset? LastHeartbeatAt { get; init; }

    /// <summary>When it was last restarted, as far as heartbeats tell.</summary>
    public required DateTimeOffset? RestartedAt { get; init; }

    /// <summary>How long it had been running at its last heartbeat, in seconds.</summary>
    public required long? UptimeSeconds { get; init; }

    /// <summary>Its software version as sent.</summary>
    public required string? SoftwareVersion { get; init; }

    /// <summary>Its power status as sent.</summary>
    public required string? Power { get; init; }

    /// <summary>Its battery, 0 to 100 %.</summary>
    public required double? BatteryPercent { get; init; }

    /// <summary>The number of loggers that it reports to hear.</summary>
    public required int? LoggerCount { get; init; }

    /// <summary>The address of its last heartbeat.</summary>
    public required string? Address { get; init; }

    /// <summary>The serials of the loggers recently heard through it. Other gateways may hear them too.</summary>
    public required IReadOnlyList<string> Loggers { get; init; }

    /// <summary>A gateway as the read API returns it.</summary>
    public static GatewayItem Of(GatewayOverview gateway) => new()
    {
        Id = gateway.Id,
        Serial = gateway.Serial,
        Name = gateway.Name,
        State = gateway.State.Condition switch
        {
            GatewayCondition.Online => "online",
            GatewayCondition.Offline => "offline",
            _ => "neverHeard",
        },
        Stuck = gateway.Stuck is not null,
        FirstSeenAt = gateway.FirstSeenUtc,
        LastMessageAt = gateway.LastMessageUtc,
        LastHeartbeatAt = gateway.LastHeartbeatUtc,
        RestartedAt = gateway.RestartedUtc,
        UptimeSeconds = gateway.UptimeSeconds,
        SoftwareVersion = gateway.SoftwareVersion,
        Power = gateway.Power,
        BatteryPercent = gateway.BatteryPercent,
        LoggerCount = gateway.LoggerCount,
        Address = gateway.Address,
        Loggers = gateway.Loggers,
    };
}
