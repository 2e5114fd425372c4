using Efento.Portal.Devices;

namespace Efento.Portal.Tests.Devices;

public sealed class LoggerRhythmTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long TenDays = 10 * 24 * Hour;
    private readonly LoggerRhythm _rhythm = new();
    private long _measuredMs = 1_772_366_400_000;

    [Fact]
    public void PromiseMs_NothingObserved_IsWhatTheLoggerSays() => Assert.Equal(Minute, Promised(_rhythm, Minute));

    [Fact]
    public void PromiseMs_NothingSaidNorObserved_IsNone() => Assert.Null(Promised(_rhythm, 0));

    [Fact]
    public void PromiseMs_NothingSaid_IsTheSpacing()
    {
        Live(2, Minute);

        Assert.Equal(Minute, Promised(_rhythm, 0));
    }

    [Fact]
    public void PromiseMs_MeasuredMoreOftenThanSaid_IsNotShortened()
    {
        Live(60, Minute);

        Assert.Equal(3 * Minute, Promised(_rhythm, 3 * Minute));
    }

    [Fact]
    public void PromiseMs_TwoSpacingsOfThree_TellNoRhythm()
    {
        Live(3, 2 * Minute);

        Assert.Equal(Minute, Promised(_rhythm, Minute));
    }

    [Theory]
    [InlineData(2, Minute)]
    [InlineData(3, 2 * Minute)]
    public void PromiseMs_LongSpacingsOfFifty_CountFromTheThirdOn(int longOnes, long expected)
    {
        Live(51 - longOnes, Minute);
        Live(longOnes, 2 * Minute);

        Assert.Equal(expected, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_SpacingsLongAgo_AreForgotten()
    {
        Live(20, 2 * Minute);
        Live(50, Minute);

        Assert.Equal(Minute, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_Jitter_StretchesByIt()
    {
        var spacings = Enumerable.Range(0, 60).Select(i => Minute + (100 * (i % 10)));
        foreach (var spacing in spacings)
        {
            Live(1, spacing);
        }

        Assert.Equal(Minute + 900, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_DelaysAlike_AreAdded()
    {
        Live(60, Minute, delayMs: 7_000);

        Assert.Equal(Minute + 7_000, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_AlwaysAnHourLate_IsLearnt()
    {
        Live(60, Minute, delayMs: Hour);

        Assert.Equal(Hour + Minute, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_SentInHourlyBatches_ReachesToTheNext()
    {
        for (var hour = 0; hour < 5; hour++)
        {
            Drain(60, Minute, perMessage: 60);
        }

        Assert.Equal(Minute + (59 * Minute), Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_ClockOfTheLoggerAhead_IsNoDelay()
    {
        Live(60, Minute, delayMs: -30_000);

        Assert.Equal(Minute, Promised(_rhythm, Minute));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(700)]
    public void PromiseMs_OutageDrainedOldestFirst_TeachesNothing(int perMessage)
    {
        Live(20, Minute, delayMs: 1_000);
        Drain(700, Minute, perMessage);
        Live(10, Minute, delayMs: 1_000);

        Assert.Equal(Minute + 1_000, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_OutageDrainedNewestFirst_TeachesNothing()
    {
        Live(20, Minute, delayMs: 1_000);
        _measuredMs += 700 * Minute;
        for (var i = 0; i < 700; i++)
        {
            _rhythm.Note(_measuredMs - (i * Minute), _measuredMs + 1_000 + (i * 10));
        }

        Live(10, Minute, delayMs: 1_000);
        Assert.Equal(Minute + 1_000, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_FullMemoryOfANewLogger_TeachesNothing()
    {
        Drain(60_000, Minute, perMessage: 100);

        Assert.Equal(Minute, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_SentAgain_TeachesNothing()
    {
        Live(20, Minute, delayMs: 1_000);
        for (var i = 0; i < 100; i++)
        {
            _rhythm.Note(_measuredMs, _measuredMs + (i * Hour));
        }

        Assert.Equal(Minute + 1_000, Promised(_rhythm, Minute));
    }

    [Fact]
    public void PromiseMs_TenDays_IsNotMistakenForAnOutage()
    {
        Live(60, TenDays, delayMs: 5_000);

        Assert.Equal(TenDays, Promised(_rhythm, TenDays));
    }

    [Fact]
    public void Restore_BackFilledBetween_IsAsItWasHeard()
    {
        List<(long MeasuredMs, long ReceivedMs)> records =
        [
            .. Enumerable.Range(0, 30).Select(i => (_measuredMs + (i * Minute), _measuredMs + (i * Minute) + 2_000))
        ];
        records.ForEach(r => _rhythm.Note(r.MeasuredMs, r.ReceivedMs));
        _measuredMs += 300 * Minute;
        _rhythm.Note(_measuredMs, _measuredMs + 2_000);
        records.AddRange(Enumerable.Range(30, 270).Select(i => (_measuredMs + ((i - 300) * Minute), _measuredMs + 5_000)));
        records.Add((_measuredMs, _measuredMs + 2_000));

        var restored = new LoggerRhythm();
        restored.Restore([.. records.OrderByDescending(r => r.MeasuredMs)]);

        Assert.Equal((Minute + 2_000, Promised(_rhythm, Minute)), (Promised(restored, Minute)!.Value, Promised(restored, Minute)));
    }

    /// <summary>Measurements that arrive as they are taken.</summary>
    private void Live(int count, long spacingMs, long delayMs = 0)
    {
        for (var i = 0; i < count; i++)
        {
            _measuredMs += spacingMs;
            _rhythm.Note(_measuredMs, _measuredMs + delayMs);
        }
    }

    /// <summary>Measurements that were kept until the last one was taken; a message a second.</summary>
    private void Drain(int count, long spacingMs, int perMessage)
    {
        var lastMs = _measuredMs + (count * spacingMs);
        for (var i = 0; i < count; i++)
        {
            _measuredMs += spacingMs;
            _rhythm.Note(_measuredMs, lastMs + (i / perMessage * 1_000L));
        }
    }

    /// <summary>What a logger promises that says so twice.</summary>
    private static long? Promised(LoggerRhythm rhythm, long statedMs) => rhythm.PromiseMs(new StatedPromise(statedMs, IsAgreed: true));
}
