using Efento.Portal.Simulation;
using Efento.Portal.Simulation.Sensors;

namespace Efento.Portal.Tests.Simulation;

/// <summary>What goes wrong at a sensor goes wrong when it shall, and the rest stays.</summary>
public sealed class SensorTests
{
    private static readonly Period When = new(GatewayScene.Start, GatewayScene.Start.AddHours(2));
    private static readonly Warmed Ajar = new(new FridgeTemperature(), When, 9, TimeSpan.FromMinutes(50));

    [Fact]
    public void Warmed_Before_IsAsItWouldBe() =>
        Assert.Equal(Ajar.Inner.At(7, When.FromUtc.AddMinutes(-3)), Ajar.At(7, When.FromUtc.AddMinutes(-3)));

    [Theory]
    [InlineData(50, 5.7)]
    [InlineData(120, 8.2)]
    [InlineData(170, 3.0)]
    [InlineData(1440, 0.0)]
    public void Warmed_SinceTheBegin_RisesAndGoesBack(int minutes, double excess)
    {
        var time = When.FromUtc.AddMinutes(minutes);

        Assert.Equal(excess, Ajar.At(7, time).Number!.Value - Ajar.Inner.At(7, time).Number!.Value, tolerance: 0.051);
    }

    [Fact]
    public void Warmed_SensorFailed_StaysFailed()
    {
        var failed = new Warmed(new UnreliableSensor(new RoomTemperature(), 1), When, 9, TimeSpan.FromMinutes(50));

        Assert.Equal(SensorValue.Failed, failed.At(7, When.FromUtc.AddHours(1)));
    }

    [Fact]
    public void Interrupted_Within_SaysTheOther()
    {
        var sensor = new Interrupted(new RoomTemperature(), When, SensorValue.ErrorCode(8_388_607));

        Assert.Equal("VALID", sensor.At(7, When.FromUtc.AddSeconds(-1)).Status);
        Assert.Equal(new SensorValue(8_388_607, null, "ERROR"), sensor.At(7, When.FromUtc));
        Assert.Equal("VALID", sensor.At(7, When.UntilUtc).Status);
    }

    [Fact]
    public void LeakSensor_OverYears_IsSeldomWet()
    {
        var sensor = new LeakSensor();
        var wet = Enumerable.Range(0, 3 * 365 * 48).Count(i => sensor.At(7, GatewayScene.Start.AddMinutes(30 * i)) == LeakSensor.Wet);

        Assert.InRange(wet, 10, 300);
    }
}
