using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Loggers;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class LoggerChartTests
{
    private static readonly MeasurementType Temperature = MeasurementTypes.Get("temperature");
    private static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch;

    private readonly LoggerChart _chart = new("Temperature", Temperature, [(1, "Temperature 1"), (2, "Temperature 2")]);

    [Fact]
    public void Draw_ItsSeries_AreLinesInTheirOrder()
    {
        var drawing = _chart.Draw([History(2, [20, 2]), History(7, [70, 7]), History(1, [10, 1])], Begin, Begin.AddHours(1));

        Assert.Equal([("Temperature 1", "°C", 1.0), ("Temperature 2", "°C", 2.0)], drawing.Series.Select(s => (s.Name, s.Unit, s.Points[1])));
    }

    [Fact]
    public void Draw_BinaryType_IsStepsWithWords()
    {
        var type = MeasurementTypes.Get("open-close");
        var chart = new LoggerChart("Contact", type, [(1, "Contact")]);

        var line = Assert.Single(chart.Draw([History(1, []) with { Type = type }], Begin, Begin.AddHours(1)).Series);

        Assert.Equal((ChartSeriesKind.Binary, "Closed", "Open"), (line.Kind, line.ZeroWord, line.OneWord));
    }

    [Fact]
    public void Draw_GapsOfTwoSeries_AreOneBandWhereTheyOverlap()
    {
        var drawing = _chart.Draw(
            [History(1, [], new HistoryGap(1_000, 5_000, GapCause.Missing)), History(2, [], new HistoryGap(3_000, 9_000, GapCause.Missing), new HistoryGap(20_000, 30_000, GapCause.NoValue))],
            Begin,
            Begin.AddHours(1));

        Assert.Equal([new ChartGap(At(1), At(9), "no data"), new ChartGap(At(20), At(30), "no value")], drawing.Gaps);
    }

    [Fact]
    public void Draw_DelayedOfTwoSeries_IsOneMark()
    {
        var drawing = _chart.Draw(
            [History(1, []) with { Delayed = [new(1_000, 5_000)] }, History(2, []) with { Delayed = [new(1_000, 6_000), new(20_000, 30_000)] }],
            Begin,
            Begin.AddHours(1));

        Assert.Equal([new ChartMark(At(1), At(6), "received later"), new ChartMark(At(20), At(30), "received later")], drawing.Marks);
    }

    [Fact]
    public void IsEmpty_OneSeriesHasReadings_IsNot() => Assert.False(_chart.IsEmpty([History(1, []) with { Readings = 0 }, History(2, [1, 1])]));

    [Fact]
    public void IsEmpty_OtherSeriesAlone_Is() => Assert.True(_chart.IsEmpty([History(1, []) with { Readings = 0 }, History(7, [1, 1])]));

    private static DateTimeOffset At(int seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static SeriesHistory History(int id, double[] points, params HistoryGap[] gaps) => new(id, 1, Temperature, points, false, points.Length / 2, gaps);
}
