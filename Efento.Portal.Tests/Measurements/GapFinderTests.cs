using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class GapFinderTests
{
    private const double None = double.NaN;

    [Theory]
    [InlineData(90)]
    [InlineData(60)]
    public void Break_SpacingWithinOneAndAHalfIntervals_IsNoGap(int seconds)
    {
        using var samples = Samples(60, (0, 1), (seconds, 2));

        Assert.Empty(GapFinder.Break(samples));
        Assert.Equal([1, 2], samples.Values.ToArray());
    }

    [Fact]
    public void Break_OneReadingMissing_IsAGapAndBreaksTheLine()
    {
        using var samples = Samples(60, (0, 1), (60, 2), (180, 3), (240, 4));

        Assert.Equal([new HistoryGap(60_000, 180_000, GapCause.Missing)], GapFinder.Break(samples));
        Assert.Equal([1, 2, None, 3, 4], samples.Values.ToArray());
        Assert.Equal([0, 60_000, 120_000, 180_000, 240_000], samples.Times.ToArray());
    }

    [Fact]
    public void Break_SeveralGaps_BreaksAtEach()
    {
        using var samples = Samples(60, (0, 1), (300, 2), (360, 3), (3_600, 4));

        Assert.Equal(2, GapFinder.Break(samples).Count);
        Assert.Equal([1, None, 2, 3, None, 4], samples.Values.ToArray());
        Assert.Equal([0, 150_000, 300_000, 360_000, 1_980_000, 3_600_000], samples.Times.ToArray());
    }

    [Fact]
    public void Break_ReadingsWithoutValue_AreAGapOfTheirOwnKind()
    {
        using var samples = Samples(60, (0, 1), (60, None), (120, None), (180, 2));

        Assert.Equal([new HistoryGap(0, 180_000, GapCause.NoValue)], GapFinder.Break(samples));
        Assert.Equal([1, None, None, 2], samples.Values.ToArray());
    }

    [Fact]
    public void Break_IntervalChanged_JudgesEachTimeByItsOwn()
    {
        using var samples = Samples(60, (0, 1), (60, 2));
        foreach (var (second, value) in new[] { (600, 3d), (1_200, 4d), (1_800, 5d) })
        {
            samples.Add(second * 1000L, value, 600);
        }

        Assert.Equal([new HistoryGap(60_000, 600_000, GapCause.Missing)], GapFinder.Break(samples));
    }

    [Fact]
    public void Break_NoIntervalNamed_TakesTheMedianSpacing()
    {
        using var samples = Samples(0, (0, 1), (300, 2), (600, 3), (900, 4), (1_800, 5));

        Assert.Equal([new HistoryGap(900_000, 1_800_000, GapCause.Missing)], GapFinder.Break(samples));
    }

    [Fact]
    public void Break_IntervalNobodyKeeps_TakesTheMedianSpacing()
    {
        using var samples = Samples(180, [.. Enumerable.Range(0, 24).Where(h => h is not 12).Select(h => (h * 3_600, 1d))]);

        Assert.Equal([new HistoryGap(11 * 3_600_000, 13 * 3_600_000, GapCause.Missing)], GapFinder.Break(samples));
    }

    [Fact]
    public void Break_NoSamples_IsNothing()
    {
        using var samples = new SampleBuffer();

        Assert.Empty(GapFinder.Break(samples));
        Assert.Null(GapFinder.LongestSpacing(samples));
    }

    [Fact]
    public void Break_ManySamplesAndGaps_KeepsThemAll()
    {
        using var samples = Samples(60, [.. Enumerable.Range(0, 30_000).Where(i => i % 10 != 9).Select(i => (i * 60, (double)i))]);

        Assert.Equal(2_999, GapFinder.Break(samples).Count);
        Assert.Equal(
            Enumerable.Range(0, 30_000).Where(i => i != 29_999).Select(i => i % 10 == 9 ? None : i), samples.Values.ToArray());
    }

    private static SampleBuffer Samples(int intervalSeconds, params (int Second, double Value)[] samples)
    {
        var buffer = new SampleBuffer();
        foreach (var (second, value) in samples)
        {
            buffer.Add(second * 1000L, value, intervalSeconds);
        }

        return buffer;
    }
}
