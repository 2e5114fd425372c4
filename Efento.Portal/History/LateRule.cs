using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>
/// Decides whether a reading came late: more than 1.5 intervals after it was measured. Up to five minutes are never late, because gateways
/// pause that long after a 503. More than an hour is always late.
/// </summary>
internal static class LateRule
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
