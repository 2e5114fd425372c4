namespace Efento.Portal.Simulation;

/// <summary>The time virtual devices live in: it begins at <paramref name="startUtc"/> and runs <paramref name="speed"/> times as fast as <paramref name="time"/>.</summary>
/// <param name="time">Real time, or a test's.</param>
/// <param name="speed">Above 0; 60 makes a minute of every second.</param>
/// <param name="startUtc">Where it begins.</param>
public sealed class SimulationClock(TimeProvider time, double speed, DateTimeOffset startUtc)
{
    // Task.Delay rounds anything shorter down to nothing, which would turn a wait into a busy loop.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    private readonly long _origin = time.GetTimestamp();

    /// <summary>A clock that shows the real time.</summary>
    public static SimulationClock RealTime(TimeProvider time) => new(time, 1, time.GetUtcNow());

    /// <summary>The time behind this clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The simulated time.</summary>
    public DateTimeOffset UtcNow => startUtc + (time.GetElapsedTime(_origin) * speed);

    /// <summary>Waits for a simulated duration.</summary>
    public Task Delay(TimeSpan simulated, CancellationToken cancellation) =>
        Task.Delay(simulated / speed is var real && real > ShortestDelay ? real : ShortestDelay, time, cancellation);
}
