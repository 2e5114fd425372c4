using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Timeline;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class PointChartTests
{
    private static readonly MeasurementType Temperature = MeasurementTypes.Get("temperature");
    private static readonly MeasurementType Contact = MeasurementTypes.Get("open-close");
    private static readonly MeasurementType Pulses = MeasurementTypes.Get("pulse_cnt");
    private static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Of_ChannelsOfOneUnit_ShareAChartAndStatesComeLast()
    {
        var charts = PointChart.Of([new(1, Contact), new(2, Temperature), new(3, MeasurementTypes.Get("humidity")), new(4, Temperature)]);

        Assert.Equal(
            [("Temperature", 2, ChartSeriesKind.Continuous), ("Humidity", 1, ChartSeriesKind.Continuous), ("Contact", 1, ChartSeriesKind.Binary)],
            charts.Select(c => (c.Title, c.Lines.Count, c.Kind)));
    }

    [Fact]
    public void Of_MoreChannelsThanColours_AreTwoCharts() =>
        Assert.Equal(
            [6, 1],
            PointChart.Of([.. Enumerable.Range(1, 7).Select(c => new PointChannel((byte)c, Temperature))]).Select(c => c.Lines.Count));

    [Fact]
    public void Draw_ManyReadingsAPoint_HasBandAndMeans()
    {
        var series = Assert.Single(
            Draw(Temperature, History(Temperature) with { Points = [new(1_000, 2, 8, 4)], IsReduced = true }).Series);

        Assert.Equal([1_000, 4], series.Points);
        Assert.Equal([1_000, 2, 8], series.Band!);
    }

    [Fact]
    public void Draw_Readings_HaveNoBand() =>
        Assert.Null(Assert.Single(Draw(Temperature, History(Temperature) with { Points = [new(1_000, 4, 4, 4)] }).Series).Band);

    [Fact]
    public void Draw_InFahrenheit_ConvertsLineAndBand()
    {
        var history = History(Temperature) with { Points = [new(1_000, 0, 20, 10)], IsReduced = true };

        var series = Assert.Single(Draw(Temperature, history, new Units(TemperatureUnit.Fahrenheit, PressureUnit.Hectopascal)).Series);

        Assert.Equal(("°F", 50.0, 32.0, 68.0), (series.Unit, series.Points[1], series.Band![1], series.Band[2]));
    }

    [Fact]
    public void Draw_PeriodCounter_IsBarsOfWhatWasCounted()
    {
        var series = Assert.Single(Draw(Pulses, History(Pulses) with { Points = [new(1_000, 1, 5, 3, 12)], IsReduced = true }).Series);

        Assert.Equal((ChartSeriesKind.Counter, 12.0), (series.Kind, series.Points[1]));
    }

    [Fact]
    public void Draw_BinaryType_IsBlocksWithWords()
    {
        var series = Assert.Single(
            Draw(Contact, History(Contact) with { States = [new(1_000, 2_000, 1, 0, 1), new(2_000, 9_000, null, 7, 0.25)] }).Series);

        Assert.Equal(("Closed", "Open"), (series.ZeroWord, series.OneWord));
        Assert.Equal([1_000, 2_000, 1, 0, 1, 2_000, 9_000, double.NaN, 7, 0.25], series.States!);
    }

    [Fact]
    public void Draw_GapsOfTwoChannels_AreOneBandWhereTheyOverlap()
    {
        var chart = Assert.Single(PointChart.Of([new(1, Temperature), new(2, Temperature)]));
        var drawing = chart.Draw(
            Range(
                History(Temperature) with { Gaps = [new(1_000, 5_000, GapCause.GatewayOffline)] },
                History(Temperature) with
                {
                    Channel = 2,
                    Gaps = [new(3_000, 9_000, GapCause.GatewayOffline), new(20_000, 30_000, GapCause.NoValue)]
                }),
            [],
            default,
            isLive: true);

        Assert.Equal([new ChartGap(At(1), At(9), "gateway offline"), new ChartGap(At(20), At(30), "sensor error")], drawing.Gaps);
    }

    [Fact]
    public void Draw_WhatHappened_IsMarkedWhereItConcernsTheChart()
    {
        var chart = Assert.Single(PointChart.Of([new(1, Temperature)]));
        var note = new PointNote { PointId = 1, AtUtc = At(8), Text = "Door repaired", WrittenBy = "anna@portal.test", WrittenUtc = At(9) };
        PointEvent[] events =
        [
            new ReplacementEvent(At(7), "A", "B"),
            new NoteEvent(note),
            new GapEvent(At(3), At(4), GapCause.NoValue, [new(1, Temperature)]),
            new GapEvent(At(5), At(6), GapCause.NoValue, [new(2, Temperature)]),
            new GapEvent(At(5), At(6), GapCause.GatewayOffline, [new(1, Temperature)]),
            new BatteryEvent(At(6), IsLow: true),
        ];

        Assert.Equal(
            [
                new ChartMark(At(1), At(6), "received later"),
                new ChartMark(At(7), At(7), "Logger A replaced by B", ChartMarkKind.Logger),
                new ChartMark(At(8), At(8), "Door repaired", ChartMarkKind.Note),
                new ChartMark(At(3), At(3), "Sensor error", ChartMarkKind.Error),
            ],
            chart.Draw(
                Range(History(Temperature) with { Late = [new(1_000, 5_000), new(4_000, 6_000)] }), events, default, isLive: true).Marks);
    }

    [Fact]
    public void IsEmpty_WithoutReadings_Is() =>
        Assert.True(Assert.Single(PointChart.Of([new(1, Temperature)])).IsEmpty(Range(History(Temperature))));

    private static ChartDrawing Draw(MeasurementType type, ChannelHistory history, Units units = default) =>
        Assert.Single(PointChart.Of([new(1, type)])).Draw(Range(history), [], units, isLive: true);

    private static RangeHistory Range(params ChannelHistory[] channels) => new(Begin, Begin.AddHours(1), Resolution.Raw, channels, []);

    private static DateTimeOffset At(int seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static ChannelHistory History(MeasurementType type) => new()
    {
        Channel = 1,
        Type = type,
        Points = [],
        IsReduced = false,
        Gaps = [],
        Late = [],
        Statistics = new RangeStatistics { Range = new(0, 3_600_000), Count = 0, WithoutValue = 0, Covered = TimeSpan.Zero },
    };
}
