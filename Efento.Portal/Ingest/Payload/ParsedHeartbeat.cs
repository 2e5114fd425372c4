namespace Efento.Portal.Ingest.Payload;

/// <summary>The understood part of a heartbeat, whose keys are not publicly documented. The caller keeps the raw JSON.</summary>
public sealed record ParsedHeartbeat
{
    /// <summary>The longest software version kept, in characters.</summary>
    public const int MaxVersionLength = 64;

    /// <summary>The longest power status kept, in characters.</summary>
    public const int MaxPowerLength = 32;

    /// <summary>Whether the body is JSON. If not, everything else is null.</summary>
    public required bool IsJson { get; init; }

    /// <summary>The gateway's serial, 12 upper-case hex digits or 1 to 64 other characters.</summary>
    public string? Serial { get; init; }

    /// <summary>The gateway's software version, cut at 64 characters.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>How long the gateway has been running, in seconds.</summary>
    public long? UptimeSeconds { get; init; }

    /// <summary>The number of loggers that the gateway hears.</summary>
    public int? LoggerCount { get; init; }

    /// <summary>The power status as sent (the vendor's words: CHARGING, FULLY_CHARGED, UNPLUGGED), cut at 32 characters.</summary>
    public string? Power { get; init; }

    /// <summary>The charge of the gateway's battery in percent, 0 to 100.</summary>
    public int? BatteryPercent { get; init; }
}
