namespace Efento.Portal.Simulation;

/// <summary>
/// The unsent measurements of one logger. The values can be computed again from their times, so only the time of the oldest one is stored.
/// </summary>
/// <param name="logger">The logger.</param>
/// <param name="handle">The response handle its records carry.</param>
/// <param name="firstUtc">The first measurement.</param>
internal sealed class LoggerBacklog(VirtualLogger logger, int handle, DateTimeOffset firstUtc)
{
    /// <summary>How many measurements a logger can store; then the oldest are overwritten. Source: docs/gateway-api.md.</summary>
    public const int Capacity = 60_000;

    /// <summary>The response handle.</summary>
    public int Handle => handle;

    /// <summary>The logger's serial.</summary>
    public string Serial => logger.Serial;

    /// <summary>False after the server answered N: then only the current measurement is sent, and nothing is kept for later.</summary>
    public bool IsKept { get; set; } = true;

    /// <summary>When the oldest unsent measurement was or will be taken.</summary>
    public DateTimeOffset OldestUtc { get; private set; } = logger.LastDueAt(firstUtc);

    /// <summary>The number of measurements that will never be sent: they were overwritten, or the logger was answered N.</summary>
    public long Forgotten { get; private set; }

    /// <summary>
    /// The number of unsent measurements taken until <paramref name="dueUtc"/>. Times at which it did not measure count until they are
    /// skipped.
    /// </summary>
    public long CountAt(DateTimeOffset dueUtc) => dueUtc < OldestUtc ? 0 : ((dueUtc - OldestUtc).Ticks / logger.Interval.Ticks) + 1;

    /// <summary>Drops measurements that don't fit, or that are not kept.</summary>
    public void Trim(DateTimeOffset dueUtc)
    {
        var excess = CountAt(dueUtc) - (IsKept ? Capacity : 1);
        if (excess > 0)
        {
            OldestUtc += logger.Interval * excess;
            Forgotten += excess;
        }
    }

    /// <summary>Skips the times until <paramref name="dueUtc"/> at which the logger did not measure.</summary>
    public void SkipOff(DateTimeOffset dueUtc)
    {
        while (OldestUtc <= dueUtc && !logger.IsOn(OldestUtc))
        {
            OldestUtc += logger.Interval;
        }
    }

    /// <summary>Removes and returns the oldest measurement.</summary>
    public LoggerMeasurement Take()
    {
        var measurement = logger.MeasureAt(OldestUtc);
        OldestUtc += logger.Interval;
        return measurement;
    }
}
