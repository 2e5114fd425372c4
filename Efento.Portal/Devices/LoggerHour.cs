namespace Efento.Portal.Devices;

/// <summary>What a logger said of itself with its first record of an hour: the history of signal, battery and interval.</summary>
public sealed class LoggerHour
{
    /// <summary>The logger.</summary>
    public required int LoggerId { get; init; }

    /// <summary>Hours since 1970-01-01 UTC.</summary>
    public required int Hour { get; init; }

    /// <summary>When that record was measured, Unix ms.</summary>
    public required long MeasuredAt { get; init; }

    /// <summary>Signal strength as sent: dBm, negative; null if not said.</summary>
    public short? Signal { get; init; }

    /// <summary>Whether the battery is low; null if not said.</summary>
    public bool? BatteryLow { get; init; }

    /// <summary>The measurement interval in seconds; 0 if not said.</summary>
    public int IntervalSeconds { get; init; }

    /// <summary>When the next measurement was promised, Unix ms; 0 if not said.</summary>
    public long NextMeasurementAt { get; init; }

    /// <summary>The message it came with.</summary>
    public required long MessageId { get; init; }
}
