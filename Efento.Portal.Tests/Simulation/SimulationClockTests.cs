using Efento.Portal.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Simulation;

/// <summary>Simulated time runs as fast as it is told.</summary>
public sealed class SimulationClockTests
{
    private readonly FakeTimeProvider _time = new(GatewayScene.Start);

    [Fact]
    public void UtcNow_SpeedOf60_MakesMinutesOfSeconds()
    {
        var clock = new SimulationClock(_time, 60, GatewayScene.Start.AddDays(-1));

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(GatewayScene.Start.AddDays(-1).AddMinutes(5), clock.UtcNow);
    }

    [Fact]
    public void Delay_SpeedOf60_IsSixtyTimesShorter()
    {
        var delay = new SimulationClock(_time, 60, GatewayScene.Start).Delay(TimeSpan.FromMinutes(5), CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(delay.IsCompleted);
    }

    [Fact]
    public void Delay_ShorterThanATimerCanBe_StillWaits()
    {
        var delay = new SimulationClock(_time, 10_000, GatewayScene.Start).Delay(TimeSpan.FromMilliseconds(1), CancellationToken.None);

        Assert.False(delay.IsCompleted);
    }
}
