using Efento.Portal.Components.Pages.Compare;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class ChannelChoiceTests
{
    private static readonly PointChannel Temperature = new(1, MeasurementTypes.Get("temperature"));
    private static readonly PointChannel Humidity = new(2, MeasurementTypes.Get("humidity"));

    [Theory]
    [InlineData("12", true, true)]
    [InlineData("12.1", true, false)]
    [InlineData("12.2", false, true)]
    [InlineData("12.temperature", true, false)]
    [InlineData("12.3", false, false)]
    public void Includes_OfAPoint_AllOneByNumberOrOneByType(string text, bool temperature, bool humidity)
    {
        var choice = new ChannelChoice(text);

        Assert.Equal((12, temperature, humidity), (choice.PointId, choice.Includes(Temperature), choice.Includes(Humidity)));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x.1")]
    [InlineData("12345678901")]
    [InlineData(" 1")]
    public void PointId_OfNoKey_IsNone(string text) => Assert.Null(new ChannelChoice(text).PointId);

    [Fact]
    public void Serial_OfALogger_IsNoKey()
    {
        var choice = new ChannelChoice("282C024FFFB2.1");

        Assert.Equal((null, "282C024FFFB2"), (choice.PointId, choice.Serial));
    }

    [Fact]
    public void ListOf_Address_IsInOrderAndEachOnce() =>
        Assert.Equal(["3", "1.2"], ChannelChoice.ListOf("3, 1.2,,3").Select(c => c.Text));

    [Fact]
    public void Of_AChannel_IsItsNumberUnlessItHasTwoTypes()
    {
        PointChannel other = new(1, MeasurementTypes.Get("humidity"));

        Assert.Equal("12.1", ChannelChoice.Of(12, Temperature, [Temperature, Humidity]).Text);
        Assert.Equal("12.temperature", ChannelChoice.Of(12, Temperature, [Temperature, other]).Text);
    }
}
