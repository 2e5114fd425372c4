namespace Efento.Portal.Devices;

/// <summary>
/// The time from a measurement to the next one promised. The change log keeps it rounded: loggers jitter, and some name one fixed time in
/// many records, so that with exact times each record would be a change.
/// </summary>
internal static class Promise
{
    private const long DefaultIntervalMs = 60_000;

    /// <summary>The longest credible promise. A longer one comes from a wrong clock or a wrong unit.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(10);

    /// <summary>
    /// What a logger promises now: the later of its interval and the time it names. Values that are not credible are left out.
    /// </summary>
    /// <param name="nextMs">The time from the measurement to the next one promised, in ms; 0 or less if it names none.</param>
    /// <param name="intervalMs">The interval it names, in ms; 0 if it names none.</param>
    public static StatedPromise Stated(long nextMs, long intervalMs)
    {
        var (next, interval) = (Credible(nextMs), Credible(intervalMs));
        return new(Math.Max(next, interval), next > 0 && interval > 0 && Math.Abs(next - interval) <= interval / 2);
    }

    private static long Credible(long ms) => ms > 0 && ms <= (long)Longest.TotalMilliseconds ? ms : 0;

    /// <summary>
    /// The promise in ms. If the promised time differs from the interval by at most half of it, the promise is the interval. Otherwise the
    /// interval is doubled or halved until it is just below the promised time.
    /// </summary>
    /// <param name="dueMs">The time from the measurement to the next one promised, in ms; may be negative.</param>
    /// <param name="intervalSeconds">The interval the record names, in seconds; 0 if it names none.</param>
    public static long Of(long dueMs, int intervalSeconds)
    {
        var intervalMs = intervalSeconds > 0 ? intervalSeconds * 1000L : DefaultIntervalMs;
        if (dueMs <= 0)
        {
            return 0;
        }

        if (Math.Abs(dueMs - intervalMs) <= intervalMs / 2)
        {
            return intervalMs;
        }

        var steps = Math.Floor(Math.Log2((double)dueMs / intervalMs));
        return (long)(intervalMs * Math.Pow(2, steps));
    }
}

/// <summary>What a logger promises.</summary>
/// <param name="Ms">The time in ms from a measurement to the next one; 0 if the logger states nothing credible.</param>
/// <param name="IsAgreed">
/// Whether its interval and the time it names agree. Then the promise holds, whatever was observed.
/// </param>
public readonly record struct StatedPromise(long Ms, bool IsAgreed);
