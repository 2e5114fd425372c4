using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Devices;

/// <summary>What is said of the values of a logger that is on time.</summary>
public sealed class LoggerVerdictTests
{
    private static readonly LoggerOverview Logger = Some.Overview(Some.Start, intervalSeconds: 60);
    private static readonly ValueLimits Fridge = new(2, null, null, 8);

    [Theory]
    [InlineData(4.5, LoggerVerdict.InOrder)]
    [InlineData(2.0, LoggerVerdict.InOrder)]
    [InlineData(8.0, LoggerVerdict.InOrder)]
    [InlineData(8.1, LoggerVerdict.Outside)]
    [InlineData(1.9, LoggerVerdict.Outside)]
    [Proves(ScreenRule.NothingUnjudgedIsInOrder)]
    public void Value_WithLimits_IsInOrderInsideThemAlone(double value, LoggerVerdict expected) =>
        Assert.Equal(expected, VerdictOf(Measuring(value, Fridge)));

    [Theory]
    [InlineData(false, LoggerVerdict.None)]
    [InlineData(true, LoggerVerdict.NoLimits)]
    [Proves(ScreenRule.NothingUnjudgedIsInOrder)]
    public void Value_WithoutLimits_IsNeverInOrder(bool areLimitsSet, LoggerVerdict expected) =>
        Assert.Equal(expected, VerdictOf(Measuring(4.5, null) with { AreLimitsSet = areLimitsSet }));

    [Theory]
    [InlineData(7.5, LoggerVerdict.Outside)]
    [InlineData(6.5, LoggerVerdict.InOrder)]
    public void Value_OutsideTheWarningAlone_IsOutside(double value, LoggerVerdict expected) =>
        Assert.Equal(expected, VerdictOf(Measuring(value, Fridge with { WarningHigh = 7 })));

    [Theory]
    [InlineData(1, 1, LoggerVerdict.Outside)]
    [InlineData(0, 1, LoggerVerdict.InOrder)]
    [InlineData(0, 0, LoggerVerdict.Outside)]
    public void State_ThatMustNotLast_IsOutside(double value, int watched, LoggerVerdict expected) =>
        Assert.Equal(expected, VerdictOf(Measuring(value, new(null, null, null, null, watched))));

    [Fact]
    public void Channel_OutsideBesideOneInside_Counts()
    {
        var inside = Measuring(4.5, Fridge).Series[0];
        var outside = Measuring(9, Fridge).Series[0];

        Assert.Equal(LoggerVerdict.Outside, VerdictOf(Logger with { Series = [inside, outside] }));
    }

    [Fact]
    [Proves(ScreenRule.NothingUnjudgedIsInOrder)]
    public void Alarm_Acknowledged_IsSaidAlthoughTheValueIsInside() =>
        Assert.Equal(
            LoggerVerdict.Acknowledged,
            VerdictOf(Measuring(4.5, Fridge) with { Alert = new(AlertLevel.None, IsAcknowledged: true) }));

    [Fact]
    public void Remark_OfAValueInside_ComesFirst() =>
        Assert.Equal(LoggerVerdict.Remark, VerdictOf(Measuring(4.5, Fridge) with { IsClockAhead = true }));

    [Theory]
    [InlineData(AlertLevel.None, LoggerAlert.None)]
    [InlineData(AlertLevel.Warning, LoggerAlert.Warning)]
    [InlineData(AlertLevel.Critical, LoggerAlert.Critical)]
    public void Alert_OfAnAlarm_HasItsLevelHoweverOldTheValue(AlertLevel level, LoggerAlert expected)
    {
        var logger = Measuring(4.5, Fridge) with { Alert = new(level, false) };

        Assert.Equal(expected, LoggerState.Of(logger, null).Alert);
        Assert.Equal(1, SiteSummary.CountsOf([logger], null, Some.Start.AddDays(1)).Single(g => g.Group.Alert == expected).Count);
    }

    private static LoggerVerdict VerdictOf(LoggerOverview logger) => LoggerState.Of(logger, null).Verdict;

    private static LoggerOverview Measuring(double value, ValueLimits? limits)
    {
        var series = Logger.Series[0];
        return Logger with { Series = [series with { Latest = series.Latest!.Value with { Value = value }, Limits = limits }] };
    }
}
