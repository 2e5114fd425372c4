using Efento.Portal.Devices;

namespace Efento.Portal.Tests.Devices;

public sealed class LoggerFreshnessTests
{
    private static readonly DateTimeOffset Measured = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(179, FreshnessState.Fresh)]
    [InlineData(180, FreshnessState.Due)]
    [InlineData(269, FreshnessState.Due)]
    [InlineData(270, FreshnessState.Late)]
    [InlineData(539, FreshnessState.Late)]
    [InlineData(540, FreshnessState.Silent)]
    public void At_IntervalOfThreeMinutes_FollowsThePromise(int seconds, FreshnessState expected) =>
        Assert.Equal(expected, Of(interval: 180).At(Measured.AddSeconds(seconds)));

    [Fact]
    public void Of_NextMeasurementLaterThanInterval_TakesTheLater() =>
        Assert.Equal(Measured.AddHours(1), Of(interval: 180, next: Measured.AddHours(1)).DueUtc);

    [Fact]
    public void Of_NextMeasurementEarlierThanInterval_TakesTheLater() =>
        Assert.Equal(Measured.AddSeconds(180), Of(interval: 180, next: Measured.AddSeconds(60)).DueUtc);

    [Fact]
    public void Of_NoPromise_TakesTheSpacingObserved() =>
        Assert.Equal(Measured.AddSeconds(90), Of(interval: 0, rhythm: Every(TimeSpan.FromMinutes(1))).LateUtc);

    [Fact]
    public void Of_MeasuredSeldomerThanPromised_IsStretched() =>
        Assert.Equal(Measured.AddHours(1.5), Of(interval: 60, rhythm: Every(TimeSpan.FromHours(1))).LateUtc);

    /// <summary>The vendor's own example: every 180 s, and the next one between one and five hours later.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Of_IntervalContradictsNextMeasurement_IsNotLateBeforeTheLater(int hours)
    {
        var freshness = Of(interval: 180, next: Measured.AddHours(hours), rhythm: Every(TimeSpan.FromMinutes(3)));

        Assert.Equal((Measured.AddHours(hours), Measured.AddHours(1.5 * hours)), (freshness.DueUtc, freshness.LateUtc));
    }

    [Fact]
    public void At_NoPromiseAndNoSpacing_IsUnknown() =>
        Assert.Equal(FreshnessState.Unknown, Of(interval: 0).At(Measured));

    [Theory]
    [InlineData(0)]
    [InlineData(540)]
    [InlineData(31_536_000)]
    public void At_NotAwaited_IsNeverLate(int seconds)
    {
        var freshness = LoggerFreshness.NotAwaited(new LoggerContact(Measured.ToUnixTimeMilliseconds(), 180, 0, null, null, 0, null));

        Assert.Equal(FreshnessState.Unsynchronised, freshness.At(Measured.AddSeconds(seconds)));
        Assert.Equal((null, null, null), (freshness.DueUtc, freshness.LateUtc, freshness.SilentUtc));
    }

    [Fact]
    public void At_NeverHeard_IsNever() =>
        Assert.Equal(FreshnessState.Never, LoggerFreshness.Of(null, null).At(Measured));

    [Fact]
    public void Of_NextMeasurementAtTheEndOfTime_EndsThere() =>
        Assert.Equal(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(), Of(interval: 180, next: DateTimeOffset.MaxValue).SilentUtc!.Value.ToUnixTimeMilliseconds());

    private static LoggerFreshness Of(int interval, DateTimeOffset? next = null, LoggerRhythm? rhythm = null) => LoggerFreshness.Of(
        new LoggerContact(Measured.ToUnixTimeMilliseconds(), interval, next?.ToUnixTimeMilliseconds() ?? 0, -70, false, 1, null), rhythm);

    private static LoggerRhythm Every(TimeSpan spacing)
    {
        var rhythm = new LoggerRhythm();
        for (var at = Measured - (5 * spacing); at <= Measured; at += spacing)
        {
            rhythm.Note(at.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds());
        }

        return rhythm;
    }
}
