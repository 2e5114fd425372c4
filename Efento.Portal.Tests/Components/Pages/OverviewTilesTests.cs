using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;
using static Efento.Portal.Tests.Components.Pages.OverviewLoggers;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class OverviewTilesTests
{
    private const long HourMs = 3_600_000;

    private static readonly long Begin = Now.AddDays(-1).ToUnixTimeMilliseconds();

    [Fact]
    public void Tile_SameLoggerTwice_IsEqual() => Assert.Equal(Tile(Logger("a"), Day(4, 5)), Tile(Logger("a"), Day(4, 5)));

    [Proves(ScreenRule.AgeOnEveryValue)]
    [Fact]
    public void Value_ChannelThatComesNoMore_HasItsOwnAge()
    {
        var logger = Logger("a");
        var old = new SeriesOverview(
            2, 2, MeasurementTypes.Get("humidity"),
            new Reading(Now.AddHours(-3).ToUnixTimeMilliseconds(), 50, ReadingStatus.Valid, ReadingFlags.None, 0));

        var values = Tile(logger with { Series = [.. logger.Series, old] }).Values;

        Assert.Equal([null, Now.AddHours(-3)], values.Select(v => v.LeftBehindUtc));
    }

    [Fact]
    public void Value_SensorError_IsTheLastOneWithItsAge()
    {
        var tile = Tile(Failed());

        Assert.Equal(
            ("4.5", "°C", "sensor error", Now.AddHours(-3)),
            (tile.Values[0].Text, tile.Values[0].Unit, tile.Values[0].Remark, tile.Values[0].LeftBehindUtc));
    }

    [Fact]
    public void State_SensorError_IsNotOnTime()
    {
        Assert.Equal("error", Tile(Failed()).Freshness.State);
        Assert.Equal("error", Tile(Failed() with { IsClockAhead = true }).Freshness.State);
        Assert.Equal("unsynchronised", Tile(Failed() with { Synchronise = false }).Freshness.State);
    }

    [Fact]
    public void Day_Whole_IsToldAsItsRange() =>
        Assert.Equal("Last 24 hours: from 4.0 to 5.5 °C", InWords(Day(4, 5.5)));

    [Fact]
    public void Day_WithAGap_TellsHowMuchIsMissing() =>
        Assert.Equal("Last 24 hours: from 4.0 to 5.5 °C; values are missing for 2 hours", InWords(Day(4, null, null, 5.5)));

    [Fact]
    public void Day_InFahrenheit_IsToldInFahrenheit() =>
        Assert.Equal("Last 24 hours: from 39.2 to 41.9 °F", InWords(Day(4, 5.5), new Units(TemperatureUnit.Fahrenheit, default)));

    [Fact]
    public void Day_OfTwoStates_NamesThoseItHad() =>
        Assert.Equal(
            "Last 24 hours: Closed and Open",
            OverviewTiles.Of(Logger("a", type: "open-close"), null, default, Day([0, 1], "open-close")).DayInWords);

    [Fact]
    public void Day_WithoutAValue_SaysSo() => Assert.Equal("Last 24 hours: no value", InWords(Day()));

    [Fact]
    public void Day_OfOneNeverHeard_IsNotDrawn() => Assert.Null(Tile(Logger("a") with { Contact = null }, Day()).Day);

    private static LoggerOverview Failed()
    {
        var logger = Logger("a", status: ReadingStatus.Error);
        return logger with
        {
            Series =
            [
                logger.Series[0] with { LastValue = new Reading(
                    Now.AddHours(-3).ToUnixTimeMilliseconds(), 4.5, ReadingStatus.Valid, ReadingFlags.None, 0) }
            ]
        };
    }

    private static string? InWords(LastDay day, Units units = default) => OverviewTiles.Of(Logger("a"), null, units, day).DayInWords;

    private static PointTileModel Tile(LoggerOverview logger, LastDay? day = null) => OverviewTiles.Of(logger, null, default, day);

    private static LastDay Day(params double?[] hours) => Day(hours, "temperature");

    /// <summary>An hour each, from its begin to two minutes before its end; null is an hour without a value.</summary>
    private static LastDay Day(double?[] hours, string type) => new(
        MeasurementTypes.Get(type),
        Begin,
        Begin + (hours.Length * HourMs),
        [.. Hours(hours)],
        [.. GapsOf([.. Hours(hours)], Begin + (hours.Length * HourMs))]);

    private static IEnumerable<Stretch> GapsOf(IReadOnlyList<Rollup> hours, long endMs) =>
        hours.Select(
            (hour, i) =>
                new Stretch(hour.LastMs, i + 1 < hours.Count ? hours[i + 1].FirstMs : endMs)).Where(g => g.ToMs - g.FromMs > 360_000);

    private static IEnumerable<Rollup> Hours(double?[] hours) =>
        [.. hours.Select((value, i) => (value, at: Begin + (i * HourMs))).Where(h => h.value is not null)
            .Select(
                h => Rollup.Of(h.at, h.value!.Value, h.at).Then(
                    Rollup.Of(h.at + HourMs - 120_000, h.value.Value, h.at), MeasurementKind.Continuous))];
}
