namespace Efento.Portal.Devices;

/// <summary>
/// How long after a measurement the next one is promised, as the change log keeps it. Loggers jitter, and some name one fixed time in many
/// records: told exactly, each record would be a change.
/// </summary>
public static class Promise
{
    private const long DefaultIntervalMs = 60_000;

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
