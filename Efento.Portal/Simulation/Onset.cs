namespace Efento.Portal.Simulation;

/// <summary>When an event begins of which nobody knows the time in advance. Thread-safe.</summary>
public sealed class Onset
{
    private long _ticks = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>Lets it begin. It must not begin earlier than the last measurement.</summary>
    public void Begin(DateTimeOffset time) => Interlocked.Exchange(ref _ticks, time.UtcTicks);

    /// <summary>Whether it began at most so long before a time.</summary>
    public bool IsWithin(TimeSpan duration, DateTimeOffset time) =>
        time.UtcTicks - Interlocked.Read(ref _ticks) is >= 0 and var since && since < duration.Ticks;
}
