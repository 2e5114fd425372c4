namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// When a reading came late: more than 1.5 intervals after it was measured, but never within five minutes, for gateways pause that long after
/// a 503, and always after an hour.
/// </summary>
public static class LateRule
{
    private const double Intervals = 1.5;
    private const long ShortestMs = 5 * 60_000;
    private const long LongestMs = 3_600_000;

    /// <summary>The longest time in ms from measured to received that is not late.</summary>
    /// <param name="intervalMs">The interval in force in ms; 0 if not known.</param>
    public static long AllowedMs(long intervalMs) => (long)Math.Clamp(Intervals * intervalMs, ShortestMs, LongestMs);

    /// <summary>Whether a reading came late.</summary>
    /// <param name="measuredAtMs">When it was measured, Unix ms.</param>
    /// <param name="receivedMs">When it was received, Unix ms.</param>
    /// <param name="intervalMs">The interval in force in ms; 0 if not known.</param>
    public static bool IsLate(long measuredAtMs, long receivedMs, long intervalMs) => receivedMs - measuredAtMs > AllowedMs(intervalMs);
}
