using Bunit;
using Efento.Portal.Components.Controls;

namespace Efento.Portal.Tests.Components.Controls;

public sealed class LoggerTileTests : PageContext
{
    private static readonly LoggerTileModel Fridge = new(
        "282C024FFFB2",
        "Vaccine fridge",
        [new("Temperature", "4.9", "°C"), new("Humidity", "51", "%")],
        Noon,
        new Freshness(Noon.AddMinutes(3), Noon.AddMinutes(4.5), Noon.AddMinutes(9)));

    [Fact]
    public void Values_Two_ShowNumberUnitAndLabel()
    {
        var tile = Show(Fridge);

        Assert.Equal(["4.9°CTemperature", "51%Humidity"], tile.FindAll(".figure").Select(f => string.Concat(f.TextContent.Split())));
    }

    [Fact]
    public void Values_None_AreSaidToBeMissing()
    {
        var tile = Show(Fridge with { Values = [], MeasuredAtUtc = null, Freshness = Freshness.Never });

        Assert.Equal("No value yet", tile.Find(".values").TextContent.Trim());
    }

    [Fact]
    public void Remark_SensorError_StandsBesideTheValue()
    {
        var tile = Show(Fridge with { Values = [new("Temperature", "–", "°C", "sensor error")] });

        Assert.Equal("sensor error", tile.Find(".remark").TextContent);
    }

    [Fact]
    public void Name_SameAsSerial_StandsOnce()
    {
        var tile = Show(Fridge with { Name = Fridge.Serial });

        Assert.Equal(1, tile.Markup.Split(">" + Fridge.Serial + "<").Length - 1);
    }

    [Fact]
    public void Link_LeadsTo_TheLogger() =>
        Assert.Equal("loggers/282C024FFFB2", Show(Fridge).Find("a").GetAttribute("href"));

    [Fact]
    public void Age_IsGiven_AsUtcMoment() =>
        Assert.Equal("2026-03-29T12:00:00.000Z", Show(Fridge).Find("portal-age").GetAttribute("at"));

    [Fact]
    public void Freshness_IsGiven_AsThreeMoments()
    {
        var scope = Show(Fridge).Find("portal-freshness");

        Assert.Equal(
            ["2026-03-29T12:03:00.000Z", "2026-03-29T12:04:30.000Z", "2026-03-29T12:09:00.000Z"],
            new[] { "due", "late", "silent" }.Select(scope.GetAttribute));
    }

    [Fact]
    public void Freshness_NeverSeen_HasNoMoment()
    {
        var scope = Show(Fridge with { Freshness = Freshness.Never }).Find("portal-freshness");

        Assert.DoesNotContain(scope.Attributes, a => a.Name is "due" or "late" or "silent" or "state");
    }

    [Fact]
    public void Battery_Low_IsSaid() => Assert.Contains("Battery low", Show(Fridge with { BatteryLow = true }).Markup);

    [Fact]
    public void Hidden_Tile_StaysInThePage()
    {
        var tile = Render<LoggerTile>(p => p.Add(t => t.Logger, Fridge).Add(t => t.Hidden, true));

        Assert.True(tile.Find("portal-freshness").HasAttribute("hidden"));
    }

    private IRenderedComponent<LoggerTile> Show(LoggerTileModel logger) => Render<LoggerTile>(p => p.Add(t => t.Logger, logger));
}
