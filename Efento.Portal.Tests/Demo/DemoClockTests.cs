using Efento.Portal.Demo;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Demo;

/// <summary>The demo's clock lies behind until its past is delivered, then it is right.</summary>
public sealed class DemoClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Now);
    private readonly DemoClock _clock;

    public DemoClockTests() => _clock = new DemoClock(_real, Now.AddDays(-30));

    [Fact]
    public void Clock_AtTheBegin_GoesOnInThePast()
    {
        _real.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(Now.AddDays(-30).AddSeconds(5), _clock.GetUtcNow());
        Assert.False(_clock.IsReal);
    }

    [Fact]
    public void Move_Within_TakesItOn()
    {
        Assert.True(_clock.TryMove(TimeSpan.FromDays(29)));

        Assert.Equal(Now.AddDays(-1), _clock.GetUtcNow());
    }

    [Fact]
    public void Move_BeyondThePresent_StopsThere()
    {
        Assert.False(_clock.TryMove(TimeSpan.FromDays(31)));

        Assert.Equal(Now, _clock.GetUtcNow());
        Assert.True(_clock.IsReal);
    }

    [Fact]
    public void Timestamps_WhenItIsMoved_AreReal()
    {
        var begin = _clock.GetTimestamp();

        _clock.TryMove(TimeSpan.FromDays(3));

        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(begin));
    }
}
