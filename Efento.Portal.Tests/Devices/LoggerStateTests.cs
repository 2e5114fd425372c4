using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Devices;

public sealed class LoggerStateTests
{
    private static readonly DateTimeOffset Measured = new(2026, 3, 29, 0, 30, 0, TimeSpan.Zero);
    private static readonly LoggerOverview Minutely = Some.Overview(Measured, intervalSeconds: 60);

    [Theory]
    [InlineData(0, LoggerCondition.Fresh)]
    [InlineData(59, LoggerCondition.Fresh)]
    [InlineData(60, LoggerCondition.Due)]
    [InlineData(89, LoggerCondition.Due)]
    [InlineData(90, LoggerCondition.Late)]
    [InlineData(179, LoggerCondition.Late)]
    [InlineData(180, LoggerCondition.Silent)]
    public void At_EveryMinute_FollowsThePromise(int seconds, LoggerCondition expected) =>
        Assert.Equal(expected, LoggerState.Of(Minutely, null).At(Measured.AddSeconds(seconds)));

    [Theory]
    [InlineData(10, LoggerCondition.Due)]
    [InlineData(14.9, LoggerCondition.Due)]
    [InlineData(15, LoggerCondition.Late)]
    [InlineData(30, LoggerCondition.Silent)]
    public void At_EveryTenDays_FollowsThePromise(double days, LoggerCondition expected) =>
        Assert.Equal(expected, LoggerState.Of(Some.Overview(Measured, intervalSeconds: 864_000), null).At(Measured.AddDays(days)));

    [Fact]
    public void At_ClocksPutForwardMeanwhile_CountsTimeGoneBy()
    {
        var warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");
        var logger = LoggerState.Of(Some.Overview(Measured, intervalSeconds: 3_600), null);

        Assert.Equal(LoggerCondition.Due, logger.At(TimeZoneInfo.ConvertTime(Measured, warsaw).AddMinutes(89)));
    }

    [Theory]
    [InlineData(89, LoggerCondition.Due)]
    [InlineData(90, LoggerCondition.InMaintenance)]
    [InlineData(900, LoggerCondition.InMaintenance)]
    public void At_MaintenanceSinceItWasInOrder_ExplainsWhatIsMissing(int seconds, LoggerCondition expected) =>
        Assert.Equal(expected, LoggerState.Of(Minutely, MaintenanceSince(Measured.AddSeconds(89))).At(Measured.AddSeconds(seconds)));

    [Fact]
    public void At_LateBeforeTheMaintenance_IsNotExplainedByIt() =>
        Assert.Equal(LoggerCondition.Silent, LoggerState.Of(Minutely, MaintenanceSince(Measured.AddSeconds(90))).At(Measured.AddSeconds(180)));

    [Fact]
    public void At_DecidedByPeople_LastsWhateverTheTime()
    {
        (LoggerOverview Logger, LoggerCondition Expected)[] cases =
        [
            (Minutely with { Approval = LoggerApproval.Held, Synchronise = false }, LoggerCondition.Held),
            (Minutely with { Approval = LoggerApproval.Refused, Synchronise = false }, LoggerCondition.Refused),
            (Minutely with { RetiredUtc = Measured, Synchronise = false }, LoggerCondition.Retired),
            (Minutely with { Synchronise = false }, LoggerCondition.Unsynchronised),
        ];

        Assert.Equal(cases.Select(c => c.Expected), cases.Select(c => LoggerState.Of(c.Logger, MaintenanceSince(Measured)).At(Measured.AddYears(1))));
    }

    [Fact]
    public void At_NeverHeard_IsNeverAlsoInAMaintenance() =>
        Assert.Equal(LoggerCondition.Never, LoggerState.Of(Minutely with { Freshness = LoggerFreshness.Of(null, null) }, MaintenanceSince(Measured)).At(Measured));

    [Fact]
    public void At_NothingPromised_IsUnknown() =>
        Assert.Equal(LoggerCondition.Unknown, LoggerState.Of(Some.Overview(Measured, intervalSeconds: 0), null).At(Measured));

    [Theory]
    [InlineData(0, 60)]
    [InlineData(60, 90)]
    [InlineData(90, 180)]
    [InlineData(180, null)]
    public void NextTurn_AsTimeGoesBy_IsTheNextOfThree(int seconds, int? expected) =>
        Assert.Equal(
            expected is { } next ? Measured.AddSeconds(next) : null,
            LoggerState.Of(Minutely, null).NextTurnUtc(Measured.AddSeconds(seconds)));

    [Theory]
    [InlineData(60, 90)]
    [InlineData(90, null)]
    public void NextTurn_InMaintenance_IsNotThatOfTheSilent(int seconds, int? expected) =>
        Assert.Equal(
            expected is { } next ? Measured.AddSeconds(next) : null,
            LoggerState.Of(Minutely, MaintenanceSince(Measured)).NextTurnUtc(Measured.AddSeconds(seconds)));

    [Fact]
    public void HasRemark_ValueOutOfRange_IsTrue()
    {
        var reading = Minutely.Series[0].Latest!.Value with { Flags = ReadingFlags.OutOfRange };

        Assert.True(LoggerState.Of(Minutely with { Series = [Minutely.Series[0] with { Latest = reading }] }, null).HasRemark);
        Assert.False(LoggerState.Of(Minutely, null).HasRemark);
    }

    [Fact]
    public void Summary_Loggers_CountsEachOnce()
    {
        var now = Measured.AddMinutes(10);
        LoggerOverview[] loggers =
        [
            Some.Overview(now.AddSeconds(-10), 60),
            Some.Overview(now.AddSeconds(-20), 60) with { IsClockAhead = true },
            Some.Overview(now.AddSeconds(-70), 60),
            Some.Overview(now.AddSeconds(-100), 60) with { IsClockAhead = true },
            Some.Overview(now.AddDays(-10), 864_000),
            Some.Overview(now.AddHours(-1), 60),
            Some.Overview(now, 60) with { Synchronise = false },
            Some.Overview(now, 60) with { Freshness = LoggerFreshness.Of(null, null) },
            Some.Overview(now, 60) with { Approval = LoggerApproval.Held },
            Some.Overview(now, 60) with { RetiredUtc = now },
        ];

        var all = SiteSummary.Of(loggers, null, now);
        var inMaintenance = SiteSummary.Of(loggers, MaintenanceSince(now.AddSeconds(-30)), now);

        Assert.Equal((4, 2, 1, 1, 1, 1, 0, 1, 8), (all.InOrder, all.Due, all.Late, all.Silent, all.Never, all.Unsynchronised, all.InMaintenance, all.WithRemark, all.Total));
        Assert.Equal((0, 1, 1), (inMaintenance.Late, inMaintenance.Silent, inMaintenance.InMaintenance));
        Assert.Equal(now.AddSeconds(20), SiteTurn.FirstUtc(loggers, null, now));
    }

    [Fact]
    public void Turn_Nobody_IsNone() => Assert.Null(SiteTurn.FirstUtc([], null, Measured));

    private static MaintenanceWindow MaintenanceSince(DateTimeOffset from) => new() { Reason = "", FromUtc = from, UntilUtc = from.AddDays(400) };
}
