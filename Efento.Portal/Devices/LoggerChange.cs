namespace Efento.Portal.Devices;

/// <summary>
/// What a logger reports about itself and seldom changes. There is a row for each record that differs from the one measured before it, so
/// the interval in force at any time is known.
/// </summary>
public sealed class LoggerChange
{
    /// <summary>The logger.</summary>
    public required int LoggerId { get; init; }

    /// <summary>The time of the first record with these values, Unix ms.</summary>
    public required long MeasuredAt { get; init; }

    /// <summary>The measurement interval in seconds; 0 if not reported.</summary>
    public required int IntervalSeconds { get; init; }

    /// <summary>How long after a measurement the next one is promised, in ms; null if not reported.</summary>
    public long? NextDueMs { get; init; }

    /// <summary>Whether the battery is low; null if not reported.</summary>
    public bool? BatteryLow { get; init; }
}

/// <summary>What a record reports about its logger and seldom changes.</summary>
/// <param name="IntervalSeconds">The measurement interval in seconds; 0 if not reported.</param>
/// <param name="NextDueMs">How long after the measurement the next one is promised, in ms; null if not reported.</param>
/// <param name="BatteryLow">Whether the battery is low; null if not reported.</param>
internal readonly record struct LoggerReport(int IntervalSeconds, long? NextDueMs, bool? BatteryLow);
