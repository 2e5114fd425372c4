namespace Efento.Portal.Simulation;

/// <summary>
/// The measurements of one logger that still have to be sent. A logger's values can be computed again from their times,
/// so a mark at the oldest of them is all there is to keep.
/// </summary>
/// <param name="logger">Whose measurements.</param>
/// <param name="handle">The response handle its records carry.</param>
/// <param name="firstUtc">The first measurement.</param>
internal sealed class LoggerBacklog(VirtualLogger logger, int handle, DateTimeOffset firstUtc)
{
    /// <summary>What a logger can store; the oldest are overwritten. Source: docs/gateway-api.md.</summary>
    public const int Capacity = 60_000;

    /// <summary>The response handle.</summary>
    public int Handle => handle;

    /// <summary>The logger's serial.</summary>
    public string Serial => logger.Serial;

    /// <summary>False once the server answered N: only the current measurement is sent, nothing is kept for later.</summary>
    public bool IsKept { get; set; } = true;

    /// <summary>When the oldest unsent measurement was or will be taken.</summary>
    public DateTimeOffset OldestUtc { get; private set; } = logger.LastDueAt(firstUtc);

    /// <summary>Measurements that will never be sent: overwritten, or of a logger answered N.</summary>
    public long Forgotten { get; private set; }

    /// <summary>How many measurements wait, of those taken until <paramref name="dueUtc"/>; times it did not measure at count until they are skipped.</summary>
    public long CountAt(DateTimeOffset dueUtc) => dueUtc < OldestUtc ? 0 : ((dueUtc - OldestUtc).Ticks / logger.Interval.Ticks) + 1;

    /// <summary>Forgets what doesn't fit, or what isn't kept at all.</summary>
    public void Trim(DateTimeOffset dueUtc)
    {
        var excess = CountAt(dueUtc) - (IsKept ? Capacity : 1);
        if (excess > 0)
        {
            OldestUtc += logger.Interval * excess;
            Forgotten += excess;
        }
    }

    /// <summary>Passes over the times until <paramref name="dueUtc"/> at which the logger did not measure.</summary>
    public void SkipOff(DateTimeOffset dueUtc)
    {
        while (OldestUtc <= dueUtc && !logger.IsOn(OldestUtc))
        {
            OldestUtc += logger.Interval;
        }
    }

    /// <summary>Takes the oldest measurement out.</summary>
    public LoggerMeasurement Take()
    {
        var measurement = logger.MeasureAt(OldestUtc);
        OldestUtc += logger.Interval;
        return measurement;
    }
}
