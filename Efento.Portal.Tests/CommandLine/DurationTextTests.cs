using CsCheck;
using Efento.Portal.CommandLine;

namespace Efento.Portal.Tests.CommandLine;

/// <summary>Durations as people type them.</summary>
public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("0s", 0)]
    [InlineData("30s", 30)]
    [InlineData("3m", 180)]
    [InlineData("1h", 3_600)]
    [InlineData("1H30M", 5_400)]
    [InlineData("1.5h", 5_400)]
    [InlineData(" 7d ", 604_800)]
    [InlineData("00:03:00", 180)]
    [InlineData("1.00:00:01", 86_401)]
    public void TryParse_Duration_IsRead(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("m")]
    [InlineData("3 m")]
    [InlineData("3x")]
    [InlineData("3m2")]
    [InlineData("-3m")]
    [InlineData("1.2.3s")]
    [InlineData(".s")]
    [InlineData("-00:03:00")]
    [InlineData("00:03")]
    [InlineData("00:61:00")]
    [InlineData("999999999999d")]
    [InlineData("9999999999999s")]
    public void TryParse_NoDuration_IsRefused(string? text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.OneOf(Gen.String, Gen.String["0123456789.:dhms"]).Sample(text =>
        {
            if (DurationText.TryParse(text, out var duration))
            {
                Assert.True(duration >= TimeSpan.Zero);
            }
        });

    [Fact]
    public void Format_AnyDuration_IsReadBack() =>
        Gen.Long[0, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond].Sample(ms =>
        {
            var duration = new TimeSpan(ms * TimeSpan.TicksPerMillisecond);
            Assert.True(DurationText.TryParse(DurationText.Format(duration), out var read));
            Assert.Equal(duration, read);
        });

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(90, "1m30s")]
    [InlineData(86_400, "1d")]
    public void Format_Duration_IsShort(int seconds, string expected) =>
        Assert.Equal(expected, DurationText.Format(TimeSpan.FromSeconds(seconds)));
}
