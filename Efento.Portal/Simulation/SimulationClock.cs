namespace Efento.Portal.Simulation;

/// <summary>The simulated time of virtual devices.</summary>
internal sealed class SimulationClock
{
    // Task.Delay rounds shorter waits down to zero, which would turn a wait into a busy loop.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    private readonly double _speed;
    private readonly Func<DateTimeOffset> _now;

    /// <summary>
    /// A clock that begins at <paramref name="startUtc"/> and runs <paramref name="speed"/> times as fast as <paramref name="time"/>.
    /// </summary>
    /// <param name="time">Real time, or a test's.</param>
    /// <param name="speed">Above 0; 60 makes a minute of every second.</param>
    /// <param name="startUtc">The time at which it begins.</param>
    public SimulationClock(TimeProvider time, double speed, DateTimeOffset startUtc)
    {
        var origin = time.GetTimestamp();
        (Time, _speed, _now) = (time, speed, () => startUtc + (time.GetElapsedTime(origin) * speed));
    }

    private SimulationClock(TimeProvider time) => (Time, _speed, _now) = (time, 1, time.GetUtcNow);

    /// <summary>A clock that always shows the time of <paramref name="time"/>, even if that jumps.</summary>
    public static SimulationClock RealTime(TimeProvider time) => new(time);

    /// <summary>The time behind this clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The simulated time.</summary>
    public DateTimeOffset UtcNow => _now();

    /// <summary>Waits for a simulated duration.</summary>
    public Task Delay(TimeSpan simulated, CancellationToken cancellation) =>
        Task.Delay(simulated / _speed is var real && real > ShortestDelay ? real : ShortestDelay, Time, cancellation);
}
