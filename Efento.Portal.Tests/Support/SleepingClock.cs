using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// A clock that can also go on as over a machine's sleep: it is later then, and no timer has run meanwhile. To advance by days would let
/// the timers of a portal run a hundred thousand times.
/// </summary>
public sealed class SleepingClock(DateTimeOffset startUtc) : FakeTimeProvider(startUtc)
{
    private long _sleptTicks;

    /// <summary>Makes it later by so much without a timer that runs; each has as much before it as it had.</summary>
    public void Sleep(TimeSpan time) => Interlocked.Add(ref _sleptTicks, time.Ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _sleptTicks));

    /// <inheritdoc/>
    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _sleptTicks);
}
