namespace Efento.Portal.Demo;

/// <summary>
/// The clock of a portal while the demo's past is being delivered. It begins behind the real time and is moved on as messages arrive, until
/// it shows the real time. Timers and timestamps are always real.
/// </summary>
/// <param name="real">The real time.</param>
/// <param name="beginUtc">The time at which it begins; in the past.</param>
internal sealed class DemoClock(TimeProvider real, DateTimeOffset beginUtc) : TimeProvider
{
    private long _behindTicks = (real.GetUtcNow() - beginUtc).Ticks;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => real.TimestampFrequency;

    /// <summary>Whether it shows the real time.</summary>
    public bool IsReal => Interlocked.Read(ref _behindTicks) == 0;

    /// <summary>Moves it on, but not beyond the real time; false once it shows the real time.</summary>
    public bool TryMove(TimeSpan by)
    {
        Interlocked.Exchange(ref _behindTicks, Math.Max(0, Interlocked.Read(ref _behindTicks) - by.Ticks));
        return !IsReal;
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => real.GetUtcNow().AddTicks(-Interlocked.Read(ref _behindTicks));

    /// <inheritdoc/>
    public override long GetTimestamp() => real.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);
}
