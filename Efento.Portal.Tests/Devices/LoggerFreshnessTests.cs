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
        var freshness = Of(interval: 180, next: Measured.AddHours(hours));

        Assert.Equal((Measured.AddHours(hours), Measured.AddHours(1.5 * hours)), (freshness.DueUtc, freshness.LateUtc));
    }

    [Theory]
    [InlineData(180, 5 * 3_600)]
    [InlineData(180_000, 180)]
    [InlineData(180_000, null)]
    [InlineData(0, 86_400)]
    public void Of_PromiseFarFromWhatIsObserved_HoldsThreeTimesThatAlone(int interval, int? next)
    {
        var freshness = Of(interval, next is { } seconds ? Measured.AddSeconds(seconds) : null, Every(TimeSpan.FromMinutes(3)));

        Assert.Equal(Measured.AddMinutes(9), freshness.DueUtc);
    }

    [Theory]
    [InlineData(12 * 3_600)]
    [InlineData(10 * 86_400)]
    public void Of_SetToALongerInterval_IsBelievedAtOnceWhereTheNextMeasurementAgrees(int interval)
    {
        var freshness = Of(interval, Measured.AddSeconds(interval), Every(TimeSpan.FromMinutes(3)));

        Assert.Equal(Measured.AddSeconds(interval), freshness.DueUtc);
        Assert.Equal(FreshnessState.Fresh, freshness.At(Measured.AddMinutes(9)));
    }

    [Fact]
    public void Of_PromisesBeyondTenDaysTwice_AreNotBelieved() =>
        Assert.Equal(Measured.AddMinutes(3), Of(40 * 86_400, Measured.AddDays(40), Every(TimeSpan.FromMinutes(3))).DueUtc);

    [Fact]
    public void Of_PromisesBeyondTenDaysAndNothingObserved_AreUnknown() =>
        Assert.Equal(FreshnessState.Unknown, Of(43_200_000, new DateTimeOffset(2036, 2, 7, 6, 28, 16, TimeSpan.Zero)).At(Measured));

    [Fact]
    public void Of_NextMeasurementIn2036_TakesTheInterval() =>
        Assert.Equal(
            Measured.AddMinutes(9),
            Of(180, new DateTimeOffset(2036, 2, 7, 6, 28, 16, TimeSpan.Zero), Every(TimeSpan.FromMinutes(3))).SilentUtc);

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
    public void Of_NextMeasurementAtTheEndOfTime_TakesTheInterval() =>
        Assert.Equal(Measured.AddMinutes(9), Of(interval: 180, next: DateTimeOffset.MaxValue).SilentUtc);

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
