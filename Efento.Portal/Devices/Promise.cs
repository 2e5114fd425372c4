namespace Efento.Portal.Devices;

/// <summary>
/// How long after a measurement the next one is promised, as the change log keeps it. Loggers jitter, and some name one fixed time in many
/// records: told exactly, each record would be a change.
/// </summary>
public static class Promise
{
    private const long DefaultIntervalMs = 60_000;

    /// <summary>A longer promise is no promise but a wrong clock or a wrong unit.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(10);

    /// <summary>What a logger promises now: the later of its interval and the time it names, as far as either can be meant.</summary>
    /// <param name="nextMs">The time from the measurement to the next one promised, in ms; 0 or less if it names none.</param>
    /// <param name="intervalMs">The interval it names, in ms; 0 if it names none.</param>
    public static StatedPromise Stated(long nextMs, long intervalMs)
    {
        var (next, interval) = (Believed(nextMs), Believed(intervalMs));
        return new(Math.Max(next, interval), next > 0 && interval > 0 && Math.Abs(next - interval) <= interval / 2);
    }

    private static long Believed(long ms) => ms > 0 && ms <= (long)Longest.TotalMilliseconds ? ms : 0;

    /// <summary>
    /// The promise in ms: the interval itself where it is kept within half of it, else the interval doubled or halved until it is nearest
    /// below the time promised.
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
/// <param name="Ms">How long after a measurement the next one is to come, in ms; 0 if it says nothing that can be meant.</param>
/// <param name="IsAgreed">Whether it says so twice, by its interval and by the time it names: then it is believed whatever was observed.</param>
public readonly record struct StatedPromise(long Ms, bool IsAgreed);
