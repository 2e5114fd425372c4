using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// A clock that can be set: timers and the process's own time go on as if nothing had happened, as those of a machine do.
/// </summary>
public sealed class SteppedClock(DateTimeOffset now) : TimeProvider
{
    private readonly FakeTimeProvider _time = new(now);
    private TimeSpan _ahead;

    /// <inheritdoc/>
    public override long TimestampFrequency => _time.TimestampFrequency;

    /// <summary>Sets it forward or back.</summary>
    public void Step(TimeSpan by) => _ahead += by;

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + _ahead;

    /// <inheritdoc/>
    public override long GetTimestamp() => _time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _time.CreateTimer(callback, state, dueTime, period);
}
