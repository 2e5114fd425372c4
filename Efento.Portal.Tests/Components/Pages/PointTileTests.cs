using Bunit;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class PointTileTests : PageContext
{
    private static readonly PointTileModel Fridge = new(
        "282C024FFFB2",
        "Vaccine fridge",
        [new("Temperature", "4.9", "°C"), new("Humidity", "51", "%")],
        Noon,
        new Freshness(Noon.AddMinutes(3), Noon.AddMinutes(4.5), Noon.AddMinutes(9)));

    [Fact]
    public void Values_Two_ShowNumberUnitAndLabel() =>
        Assert.Equal(
            ["4.9°CTemperature", "51%Humidity"], Show(Fridge).FindAll(".figure").Select(f => string.Concat(f.TextContent.Split())));

    [Fact]
    public void Values_MoreThanThree_SayHowMany()
    {
        var tile = Show(Fridge with { Values = [.. Enumerable.Range(1, 5).Select(i => new ShownValue($"Input {i}", $"{i}", ""))] });

        Assert.Equal(3, tile.FindAll(".figure").Count);
        Assert.Equal(["+2", "+3", "+3"], tile.FindAll(".more").Select(m => m.TextContent));
    }

    [Fact]
    public void Values_Three_HaveShortNamesAndSayTheWholeOnes()
    {
        ShownValue[] values =
        [
            new("Pressure difference", "15", "Pa") { ShortName = "Δ pressure" },
            new("Temperature", "22.0", "°C") { ShortName = "Temp." },
            new("Humidity", "47.0", "%"),
        ];
        var labels = Show(Fridge with { Values = [.. values] }).FindAll(".figure > .label");

        Assert.Equal(["Δ pressure", "Temp.", "Humidity"], labels.Select(l => l.TextContent.Trim()));
        Assert.Equal(values.Select(v => v.Label), labels.Select(l => l.GetAttribute("title")));
    }

    [Fact]
    public void Values_TwoOfTheSame_KeepTheNumberOfTheChannelApart()
    {
        var tile = Show(Fridge with { Values = [new("Temperature 12", "4.9", "°C") { Channel = 12 }] });

        Assert.Equal(["Temperature", "12"], tile.FindAll(".label span").Select(s => s.TextContent));
    }

    [Fact]
    public void Values_None_AreSaidToBeMissing() =>
        Assert.Equal(
            "No value yet",
            Show(Fridge with { Values = [], MeasuredAtUtc = null, Freshness = Freshness.Never }).Find(".values").TextContent.Trim());

    [Fact]
    public void Remark_SensorError_StandsBesideTheValue() =>
        Assert.Equal(
            "sensor error", Show(Fridge with { Values = [new("Temperature", "–", "°C", "sensor error")] }).Find(".remark").TextContent);

    [Fact]
    public void Device_BatteryAndSignal_AreSaidInWords() =>
        Assert.Equal(
            ["Battery low", "Weak signal"],
            Show(Fridge with { IsBatteryLow = true, IsSignalWeak = true }).FindAll(".device").Select(d => d.TextContent));

    [Proves(ScreenRule.AgeOnEveryValue)]
    [Fact]
    public void Freshness_IsGiven_AsThreeMoments()
    {
        var tile = Show(Fridge).Find("portal-freshness");

        Assert.Equal(
            ["2026-03-29T12:03:00.000Z", "2026-03-29T12:04:30.000Z", "2026-03-29T12:09:00.000Z"],
            new[] { "due", "late", "silent" }.Select(tile.GetAttribute));
    }

    private IRenderedComponent<PointTile> Show(PointTileModel model) => Render<PointTile>(p => p.Add(t => t.Tile, model));
}
