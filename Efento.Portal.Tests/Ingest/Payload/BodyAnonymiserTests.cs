using System.Text;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

public sealed class BodyAnonymiserTests
{
    [Fact]
    public void Anonymise_ManualsExample_ReplacesTheSerialsAlone() =>
        Assert.Equal(
            Bodies.Manual.Replace(
                "282C024FFFB2", "000000000001", StringComparison.Ordinal).Replace("282C024FFFB4", "000000000002", StringComparison.Ordinal),
            Anonymise(Bodies.Manual));

    [Theory]
    [InlineData("""["282C024FFFB2","282c024fffb2","282C024FFFB4"]""", """["000000000001","000000000001","000000000002"]""")]
    [InlineData("""{"t":"efento/282C024FFFB2/in","x":1}""", """{"t":"efento/000000000001/in","x":1}""")]
    [InlineData("""{"282C024FFFB2": [1.50 , 2]}""", """{"000000000001": [1.50 , 2]}""")]
    [InlineData("""["\n282C024FFFB2\u00fc"]""", """["\n000000000001\u00fc"]""")]
    [InlineData("""{"Serial":"Cold-7"}""", """{"Serial":"0000-1"}""")]
    [InlineData("""{"mac":"28:2c:02:4f:ff:b2","serial":"282C024FFFB2"}""", """{"mac":"00:00:00:00:00:01","serial":"000000000001"}""")]
    [InlineData("""{"gateway_id":"a\"b","gateway":"x"}""", """{"gateway_id":"001","gateway":"2"}""")]
    [InlineData("""{"serials":["ab","cd",{"note":"ab"}]}""", """{"serials":["01","02",{"note":"ab"}]}""")]
    [InlineData("""{"serial":282024000001,"imei":123456}""", """{"serial":100000000001,"imei":100002}""")]
    [InlineData("""{"id":-5,"deviceId":1.5,"serial":"","mac":null}""", """{"id":-5,"deviceId":1.5,"serial":"","mac":null}""")]
    [InlineData("""{"gateway":{"name":"hall"},"humid":"yes"}""", """{"gateway":{"name":"hall"},"humid":"yes"}""")]
    [InlineData("""["282C024FFFB2A","282C024FFFB","x282C024FFFB2",282024000001]""", """["282C024FFFB2A","282C024FFFB","x282C024FFFB2",282024000001]""")]
    [InlineData("\uFEFF[\"282C024FFFB2\"] ", "\uFEFF[\"000000000001\"] ")]
    public void Anonymise_Json_ReplacesWhatTellsDevicesApart(string json, string expected) => Assert.Equal(expected, Anonymise(json));

    [Theory]
    [InlineData("at 28:2c:02:4f:ff:b2, 282C024FFFB2-old 28-2C-02-4F-FF-B4", "at 00:00:00:00:00:01, 000000000001-old 00-00-00-00-00-02")]
    [InlineData("28:2c:02:4f:ff:b2a 28:2c:02-4f:ff:b2", "28:2c:02:4f:ff:b2a 28:2c:02-4f:ff:b2")]
    [InlineData("serial=282c024fffb2;282C024FFFB2 B282C024FFFB2", "serial=000000000001;000000000001 B282C024FFFB2")]
    [InlineData("""[{"serial":"Cold-7"},{"serial":"282C024FFFB2""", """[{"serial":"0000-1"},{"serial":"000000000002""")]
    [InlineData("", "")]
    public void Anonymise_NoJson_ReplacesTheHexSerials(string body, string expected) => Assert.Equal(expected, Anonymise(body));

    [Fact]
    public void Anonymise_InvalidUtf8_KeepsTheOtherBytes()
    {
        byte[] body = [0xFF, .. "282C024FFFB2"u8, 0xFE];

        Assert.Equal([0xFF, .. "000000000001"u8, 0xFE], BodyAnonymiser.Anonymise(body));
    }

    [Fact]
    public void Anonymise_ManySerials_KeepsThemApart()
    {
        var serials = Enumerable.Range(0, 500).Select(i => $"\"{i:X12}\"");
        var anonymous = Anonymise($"[{string.Join(',', serials)}]").Trim('[', ']').Split(',');

        Assert.Equal(500, anonymous.Distinct().Count());
    }

    [Fact]
    public void Anonymise_ABody_KeepsItsShape() =>
        Assert.Equal(Bodies.Read(Bodies.Manual).Shape, Bodies.Read(Anonymise(Bodies.Manual)).Shape);

    private static string Anonymise(string body) => Encoding.UTF8.GetString(BodyAnonymiser.Anonymise(Bodies.Utf8(body)));
}
