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
        Assert.Equal(
            LoggerCondition.Silent, LoggerState.Of(Minutely, MaintenanceSince(Measured.AddSeconds(90))).At(Measured.AddSeconds(180)));

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

        Assert.Equal(
            cases.Select(c => c.Expected),
            cases.Select(c => LoggerState.Of(c.Logger, MaintenanceSince(Measured)).At(Measured.AddYears(1))));
    }

    [Fact]
    public void At_NeverHeard_IsNeverAlsoInAMaintenance() =>
        Assert.Equal(
            LoggerCondition.Never,
            LoggerState.Of(Minutely with { Freshness = LoggerFreshness.Of(null, null) }, MaintenanceSince(Measured)).At(Measured));

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
            Measuring(Some.Overview(now.AddHours(-1), 60), null),
        ];

        var all = Counts(loggers, null, now);
        var inMaintenance = Counts(loggers, MaintenanceSince(now.AddSeconds(-30)), now);

        Assert.Equal(
            [
                "SensorError 1", "Fresh 1", "Fresh with a remark 1", "Due 2", "Late with a remark 1", "Silent 1", "Never 1", "Unsynchronised 1",
            ],
            all);
        Assert.Equal(["Silent 1", "Never 1", "InMaintenance with a remark 1", "Unsynchronised 1"], inMaintenance[^4..]);
        Assert.Equal(now.AddSeconds(20), UpcomingChange.FirstUtc(loggers, null, now));
    }

    [Theory]
    [InlineData("flooding", 1.0, LoggerAlert.Alarm)]
    [InlineData("leakage", 1.0, LoggerAlert.Alarm)]
    [InlineData("ok_alarm", 1.0, LoggerAlert.Alarm)]
    [InlineData("flooding", 0.0, LoggerAlert.None)]
    [InlineData("open-close", 1.0, LoggerAlert.None)]
    [InlineData("output_control", 1.0, LoggerAlert.None)]
    [InlineData("temperature", 111.0, LoggerAlert.None)]
    [InlineData("temperature", null, LoggerAlert.SensorError)]
    public void Alert_OfAValue_IsWaterAnAlarmOrASensorThatFails(string type, double? value, LoggerAlert expected) =>
        Assert.Equal(expected, LoggerState.Of(Measuring(Minutely, value, type), null).Alert);

    [Fact]
    public void Alert_OfTwoChannels_IsTheWorst()
    {
        var (failed, wet) = (Measuring(Minutely, null).Series[0], Measuring(Minutely, 1, "flooding").Series[0]);

        Assert.Equal(LoggerAlert.Alarm, LoggerState.Of(Minutely with { Series = [wet, failed] }, null).Alert);
        Assert.Equal(LoggerAlert.Alarm, LoggerState.Of(Minutely with { Series = [failed, wet] }, null).Alert);
    }

    [Fact]
    public void Alert_NotSynchronised_IsNone() =>
        Assert.Equal(LoggerAlert.None, LoggerState.Of(Measuring(Minutely, null) with { Synchronise = false }, null).Alert);

    [Fact]
    public void Turn_Nobody_IsNone() => Assert.Null(UpcomingChange.FirstUtc([], null, Measured));

    private static LoggerOverview Measuring(LoggerOverview logger, double? value, string type = "temperature") => logger with
    {
        Series =
        [
            new SeriesOverview(
                1, 1, MeasurementTypes.Get(type), logger.Series[0].Latest!.Value with
                {
                    Value = value,
                    Status = value is null ? ReadingStatus.Error : ReadingStatus.Valid,
                }),
        ],
    };

    private static string[] Counts(IEnumerable<LoggerOverview> loggers, MaintenanceWindow? maintenance, DateTimeOffset now) =>
    [
        .. SiteSummary.CountsOf(loggers, maintenance, now).Select(
            g => $"{g.Group.Condition?.ToString() ?? g.Group.Alert.ToString()}{(g.Group.Verdict is LoggerVerdict.Remark ? " with a remark" : "")} {g.Count}")
    ];

    private static MaintenanceWindow MaintenanceSince(DateTimeOffset from) =>
        new() { Reason = "", FromUtc = from, UntilUtc = from.AddDays(400) };
}
