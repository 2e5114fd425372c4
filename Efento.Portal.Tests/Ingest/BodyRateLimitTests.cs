using Efento.Portal.Ingest;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Ingest;

public sealed class BodyRateLimitTests
{
    private readonly FakeTimeProvider _time = new();
    private bool _isEnded;

    [Fact]
    public async Task Pace_WithinTheFirstMinute_MayBeAnything()
    {
        await using var pace = Pace();

        _time.Advance(TimeSpan.FromSeconds(59));

        Assert.False(pace.IsOver || _isEnded);
    }

    [Theory]
    [InlineData(2_999, true)]
    [InlineData(3_000, false)]
    public async Task Pace_AfterTheFirstMinute_Averages50BytesASecond(long arrived, bool isOver)
    {
        await using var pace = Pace();
        pace.Note(arrived);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((isOver, isOver), (pace.IsOver, _isEnded));
    }

    [Fact]
    public async Task Pace_FastThenStalled_IsOverOnceTheAverageFalls()
    {
        await using var pace = Pace();
        pace.Note(6_000);
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(pace.IsOver);

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.True(pace.IsOver);
    }

    [Fact]
    public async Task Pace_FastForAQuarterOfAnHour_IsOver()
    {
        await using var pace = Pace();
        pace.Note(10_000_000);
        _time.Advance(TimeSpan.FromMinutes(14.9));
        Assert.False(pace.IsOver);

        _time.Advance(TimeSpan.FromMinutes(0.1));

        Assert.True(pace.IsOver);
    }

    private BodyRateLimit Pace() => new(_time, () => _isEnded = true);
}
