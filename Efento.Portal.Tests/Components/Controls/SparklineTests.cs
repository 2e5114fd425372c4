using System.Text.RegularExpressions;
using Efento.Portal.Components.Controls;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Controls;

public sealed partial class SparklineTests
{
    private const long Hour = Hours.LengthMs;

    [Fact]
    public void Hours_WithoutAGap_AreOneLineAndOneBand()
    {
        var svg = Sparkline.Draw(Day("temperature", (0, 4), (1, 5), (2, 4)));

        Assert.Equal(["band", "line"], Classes(svg));
        Assert.Equal(2, Regex.Count(LineOf(svg), "L"));
    }

    [Theory]
    [InlineData(2.0, 8.0, 2)]
    [InlineData(-80.0, 8.0, 1)]
    [InlineData(-80.0, 800.0, 0)]
    public void Limits_NearTheValues_AreLines(double low, double high, int lines) =>
        Assert.Equal(lines, Classes(Sparkline.Draw(Day("temperature", (0, 4), (1, 6)), new(low, null, null, high))).Count(c => c == "limit"));

    [Proves(ScreenRule.NoLineAcrossAGap)]
    [Fact]
    public void Hours_MissingBetween_BreakTheLineAndShadeIt() =>
        Assert.Equal(["gap", "band", "line", "band", "line"], Classes(Sparkline.Draw(Day("temperature", (0, 4), (1, 5), (4, 4)))));

    [Fact]
    public void Hours_MissingAtTheEnd_AreShaded() =>
        Assert.Equal(
            ["gap", "band", "line"],
            Classes(
                Sparkline.Draw(
                    Day("temperature", (0, 4), (1, 5)) with { ToMs = 4 * Hour, Gaps = [new Stretch((2 * Hour) - 180_000, 4 * Hour)] })));

    [Fact]
    public void Hour_Alone_IsADot() => Assert.EndsWith("h0", LineOf(Sparkline.Draw(Day("temperature", (0, 4)))), StringComparison.Ordinal);

    [Theory]
    [InlineData("temperature", 4.0, 4.1)]
    [InlineData("humidity", 50, 50.5)]
    public void Value_ThatHardlyMoves_IsNoMountain(string type, double low, double high)
    {
        var heights = Heights()
            .Matches(LineOf(Sparkline.Draw(Day(type, (0, low), (1, high), (2, low)))))
            .Select(m => double.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))
            .ToList();

        Assert.InRange(heights.Max() - heights.Min(), 1, Sparkline.Height / 8.0);
    }

    [Fact]
    public void TwoStates_AreDrawn_WhereTheOneHeld() =>
        Assert.Equal(["line", "state"], Classes(Sparkline.Draw(Day("open-close", (0, 0), (1, 1), (2, 0)))));

    [Fact]
    public void Day_WithoutAnHour_IsAGap() => Assert.Equal(["gap"], Classes(Sparkline.Draw(Day("temperature"))));

    private static LastDay Day(string type, params (int Hour, double Value)[] hours)
    {
        List<Rollup> found =
        [
            .. hours.Select(
                h => Rollup.Of(h.Hour * Hour, h.Value, 0).Then(
                    Rollup.Of(((h.Hour + 1) * Hour) - 180_000, h.Value, 0), MeasurementKind.Continuous))
        ];
        List<Stretch> gaps =
        [
            .. found.Zip(found.Skip(1), (one, next) => new Stretch(one.LastMs, next.FirstMs)).Where(g => g.ToMs - g.FromMs > 360_000)
        ];
        return new(MeasurementTypes.Get(type), 0, hours.Length == 0 ? Hour : (hours[^1].Hour + 1) * Hour, found, gaps);
    }

    private static IEnumerable<string> Classes(string svg) => Class().Matches(svg).Select(m => m.Groups[1].Value);

    private static string LineOf(string svg) => Line().Match(svg).Groups[1].Value;

    [GeneratedRegex("class=\"(\\w+)[ \"]")]
    private static partial Regex Class();

    [GeneratedRegex("class=\"line(?: dot)?\" d=\"([^\"]*)\"")]
    private static partial Regex Line();

    [GeneratedRegex("[ML][0-9.]+ ([0-9.]+)")]
    private static partial Regex Heights();
}
