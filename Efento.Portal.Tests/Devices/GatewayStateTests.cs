using Efento.Portal.Devices;

namespace Efento.Portal.Tests.Devices;

public sealed class GatewayStateTests
{
    private static readonly DateTimeOffset Last = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, GatewayCondition.Online)]
    [InlineData(120_000, GatewayCondition.Online)]
    [InlineData(120_001, GatewayCondition.Offline)]
    public void At_IntervalOfAMinute_IsOfflineAfterTwo(int ms, GatewayCondition expected) =>
        Assert.Equal(expected, GatewayState.At(Last, 60, Last.AddMilliseconds(ms)).Condition);

    [Theory]
    [InlineData(30, 0, GatewayCondition.Online)]
    [InlineData(30, 1, GatewayCondition.Offline)]
    public void At_IntervalNotKnown_IsOfflineAfterHalfAnHour(int minutes, int ms, GatewayCondition expected) =>
        Assert.Equal(expected, GatewayState.At(Last, null, Last.AddMinutes(minutes).AddMilliseconds(ms)).Condition);

    [Fact]
    public void At_HeartbeatsCloserThanAGatewayCanBeSet_CountAsAMinuteApart() =>
        Assert.Equal(Last.AddMinutes(2), GatewayState.At(Last, 1, Last).OfflineFromUtc);

    [Fact]
    public void At_NoMessageYet_IsNeverHeard() =>
        Assert.Equal(new GatewayState(GatewayCondition.NeverHeard, null), GatewayState.At(null, 60, Last));

    [Fact]
    public void At_Online_SaysWhenItWillBeOffline() =>
        Assert.Equal(Last.AddMinutes(2), GatewayState.At(Last, 60, Last).OfflineFromUtc);

    [Fact]
    public void At_ClockSteppedBack_IsOnline() =>
        Assert.Equal(GatewayCondition.Online, GatewayState.At(Last, 60, Last.AddHours(-1)).Condition);
}
