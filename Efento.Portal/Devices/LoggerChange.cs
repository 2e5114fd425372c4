namespace Efento.Portal.Devices;

/// <summary>
/// What a logger says of itself and seldom changes; a row from each record on that says otherwise than the one measured before it.
/// It tells the interval in force at any time.
/// </summary>
public sealed class LoggerChange
{
    /// <summary>The logger.</summary>
    public required int LoggerId { get; init; }

    /// <summary>From the record measured then on, Unix ms.</summary>
    public required long MeasuredAt { get; init; }

    /// <summary>The measurement interval in seconds; 0 if not said.</summary>
    public required int IntervalSeconds { get; init; }

    /// <summary>How long after a measurement the next one is promised, in ms; null if not said.</summary>
    public long? NextDueMs { get; init; }

    /// <summary>Whether the battery is low; null if not said.</summary>
    public bool? BatteryLow { get; init; }
}

/// <summary>What a record says of its logger and seldom changes.</summary>
/// <param name="IntervalSeconds">The measurement interval in seconds; 0 if not said.</param>
/// <param name="NextDueMs">How long after the measurement the next one is promised, in ms; null if not said.</param>
/// <param name="BatteryLow">Whether the battery is low; null if not said.</param>
public readonly record struct LoggerReport(int IntervalSeconds, long? NextDueMs, bool? BatteryLow);
