using System.Text.RegularExpressions;
using CsCheck;
using Efento.Portal.Measurements;
using Efento.Portal.Simulation;

namespace Efento.Portal.Tests.Simulation;

/// <summary>A simulated logger tells the same of the same time, within what its types allow.</summary>
public sealed class VirtualLoggerTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);

    private static readonly Gen<DateTimeOffset> Times =
        Gen.Long[1_420_070_400, 2_000_000_000].Select(DateTimeOffset.FromUnixTimeSeconds);

    [Fact]
    public void MeasureAt_SameSeedAndTime_IsTheSame() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 500], Times).Sample((seed, index, time) =>
        {
            var first = VirtualLogger.Create(seed, index, Interval).MeasureAt(time);
            var second = VirtualLogger.Create(seed, index, Interval).MeasureAt(time);
            Assert.Equal(first.Channels, second.Channels);
            Assert.Equal(first with { Channels = second.Channels }, second);
        });

    [Fact]
    public void MeasureAt_AnyTime_KeepsToTheRangeOfTheType() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 500], Times).Sample((seed, index, time) =>
        {
            var measurement = VirtualLogger.Create(seed, index, Interval).MeasureAt(time);
            Assert.InRange(measurement.Signal, -100, -32);
            Assert.All(measurement.Channels, c =>
            {
                var type = MeasurementTypes.Get(c.Type);
                Assert.True(type.IsKnown);
                Assert.True(c.Value switch
                {
                    { Status: "ERROR" } => c.Value is { Number: null, Word: null },
                    { Word: { } word } => word == type.ZeroWord || word == type.OneWord,
                    { Number: { } number } =>
                        type.IsInRange(number) && Math.Abs((number / type.Resolution) - Math.Round(number / type.Resolution)) < 1e-6,
                    _ => false,
                });
            });
        });

    [Fact]
    public void Create_ManyIndexes_SerialsAreTwelveHexDigitsAndUnique()
    {
        var serials = Enumerable.Range(0, 5_000).Select(i => SimulatedSerial.OfLogger(1, i)).ToList();

        Assert.Equal(serials.Count, serials.Distinct().Count());
        Assert.All(serials, s => Assert.Matches(new Regex("^[0-9A-F]{12}$"), s));
        Assert.DoesNotContain(SimulatedSerial.OfGateway(1, 0), serials);
    }

    [Fact]
    public void MeasureAt_FridgeOverAWorkingDay_CyclesAndWarmsAtOpenings()
    {
        var logger = VirtualLogger.Create(7, 0, Interval, LoggerKind.FridgeWithDoor);
        var day = Enumerable.Range(0, 1_440).Select(m => logger.MeasureAt(GatewayScene.Start.AddMinutes(m)).Channels).ToList();

        var celsius = day.Select(c => c[0].Value.Number!.Value).ToList();
        Assert.InRange(celsius.Min(), 3, 5);
        Assert.InRange(celsius.Max(), 5, 10);
        Assert.Contains(day, c => c[1].Value.Word == "open");
        Assert.Contains(day, c => c[1].Value.Word == "closed");
    }

    [Fact]
    public void MeasureAt_AgeingSensor_FailsSometimesWithoutAValue()
    {
        var logger = VirtualLogger.Create(7, 0, Interval, LoggerKind.AgeingRoom);
        var statuses = Enumerable.Range(0, 1_000)
            .Select(i => logger.MeasureAt(GatewayScene.Start + (i * Interval)).Channels[0].Value.Status)
            .ToList();

        Assert.InRange(statuses.Count(s => s == "ERROR"), 5, 50);
    }

    [Fact]
    public void IsOn_DuringItsOffTimes_IsFalse()
    {
        var off = new Period(GatewayScene.Start, GatewayScene.Start.AddDays(3));
        var logger = VirtualLogger.Create(7, 0, Interval, behaviour: new() { Off = [off] });

        Assert.True(logger.IsOn(off.FromUtc - Interval));
        Assert.False(logger.IsOn(off.FromUtc));
        Assert.False(logger.IsOn(off.UntilUtc - Interval));
        Assert.True(logger.IsOn(off.UntilUtc));
    }

    [Fact]
    public void MeasureAt_BatteryOfTheStory_IsLowFromThenOn()
    {
        var logger = VirtualLogger.Create(7, 0, Interval, behaviour: new() { BatteryLowFromUtc = GatewayScene.Start });

        Assert.Equal("ok", logger.MeasureAt(GatewayScene.Start - Interval).Battery);
        Assert.Equal("low", logger.MeasureAt(GatewayScene.Start).Battery);
    }

    [Fact]
    public void MeasureAt_SignalOfTheStory_StaysAboutThere()
    {
        var logger = VirtualLogger.Create(7, 0, Interval, behaviour: new() { Signal = -95 });

        Assert.All(Enumerable.Range(0, 500), i => Assert.InRange(logger.MeasureAt(GatewayScene.Start + (i * Interval)).Signal, -100, -89));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1500)]
    public void Constructor_IntervalOfNoWholeSeconds_Throws(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VirtualLogger.Create(1, 0, TimeSpan.FromMilliseconds(milliseconds)));
}
