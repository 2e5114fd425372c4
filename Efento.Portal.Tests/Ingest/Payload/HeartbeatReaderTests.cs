using System.Text;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

public sealed class HeartbeatReaderTests
{
    [Fact]
    public void Read_EveryField_IsFound() => Assert.Equal(
        new ParsedHeartbeat
        {
            IsJson = true,
            Serial = "282C02FFFFFF",
            SoftwareVersion = "4.1.2",
            UptimeSeconds = 86_400,
            LoggerCount = 12,
            Power = "FULLY_CHARGED",
            BatteryPercent = 87,
        },
        Read("""{"serial":"282c02ffffff","software_version":"4.1.2","uptime":86400,"loggers":12,"power":"FULLY_CHARGED","battery":87}"""));

    [Theory]
    [InlineData("serial")]
    [InlineData("serial_number")]
    [InlineData("gateway_serial")]
    [InlineData("gateway")]
    [InlineData("id")]
    [InlineData("mac")]
    [InlineData("Serial_Number")]
    [InlineData("s\\u0065rial")]
    public void Serial_AnyAlias_IsFound(string key) => Assert.Equal("GW1", Read($$"""{"{{key}}":"GW1"}""").Serial);

    [Theory]
    [InlineData("software_version")]
    [InlineData("sw_version")]
    [InlineData("firmware_version")]
    [InlineData("VERSION")]
    public void Version_AnyAlias_IsFound(string key) => Assert.Equal("4.1", Read($$"""{"{{key}}":"4.1"}""").SoftwareVersion);

    [Theory]
    [InlineData("uptime")]
    [InlineData("up_time")]
    [InlineData("uptime_seconds")]
    public void Uptime_AnyAlias_IsFound(string key) => Assert.Equal(60, Read($$"""{"{{key}}":"60"}""").UptimeSeconds);

    [Theory]
    [InlineData("loggers")]
    [InlineData("loggers_count")]
    [InlineData("sensors")]
    [InlineData("sensors_count")]
    [InlineData("in_range_sensors")]
    [InlineData("bound_sensors")]
    public void Loggers_AnyAlias_IsFound(string key) => Assert.Equal(3, Read($$"""{"{{key}}":3}""").LoggerCount);

    [Fact]
    public void Loggers_AList_IsCounted() => Assert.Equal(2, Read("""{"loggers":[{"serial":"A"},["B"]]}""").LoggerCount);

    [Theory]
    [InlineData("power")]
    [InlineData("power_source")]
    [InlineData("power_supply")]
    [InlineData("power_status")]
    [InlineData("charging_status")]
    public void Power_AnyAlias_IsFound(string key) => Assert.Equal("UNPLUGGED", Read($$"""{"{{key}}":"UNPLUGGED"}""").Power);

    [Theory]
    [InlineData("battery")]
    [InlineData("battery_level")]
    [InlineData("battery_charge_level")]
    public void Battery_AnyAlias_IsFound(string key) => Assert.Equal(50, Read($$"""{"{{key}}":50}""").BatteryPercent);

    [Fact]
    public void Read_OneLevelDeep_IsFound() =>
        Assert.Equal(("GW1", "4.1"), Pair(Read("""{"gateway":{"serial":"GW1"},"system":{"version":"4.1","deep":{"version":"9"}}}""")));

    [Theory]
    [InlineData("""{"info":{"serial":"deep"},"mac":"top"}""")]
    [InlineData("""{"mac":"top","info":{"serial":"deep"}}""")]
    public void Read_TopLevelAndDeeper_TheTopWins(string json) => Assert.Equal("top", Read(json).Serial);

    [Theory]
    [InlineData("""{"id":"7","serial":"GW1"}""")]
    [InlineData("""{"serial":"GW1","id":"7"}""")]
    public void Read_TwoAliases_TheLikelierWins(string json) => Assert.Equal("GW1", Read(json).Serial);

    [Fact]
    public void Read_LikelierAliasNotUsable_TheOtherIsTaken() => Assert.Equal("GW1", Read("""{"serial":null,"mac":"GW1"}""").Serial);

    [Fact]
    public void Read_SameKeyTwice_TheLastWins() => Assert.Equal("B", Read("""{"serial":"A","serial":"B"}""").Serial);

    [Fact]
    public void Read_TwoLevelsDeep_IsNotLookedAt() => Assert.Null(Read("""{"a":{"b":{"serial":"GW1"}}}""").Serial);

    [Theory]
    [InlineData("""{"uptime":-1}""")]
    [InlineData("""{"uptime":"3 days"}""")]
    [InlineData("""{"uptime":1e400}""")]
    [InlineData("""{"loggers":-1}""")]
    [InlineData("""{"loggers":99999999999}""")]
    [InlineData("""{"battery":101}""")]
    [InlineData("""{"battery":-1}""")]
    [InlineData("""{"battery":"full"}""")]
    [InlineData("""{"power":null,"version":[],"serial":{}}""")]
    [InlineData("""{"serial":"","version":" ","power":"\u0000"}""")]
    [InlineData("""{"serial":"\ud800","version":"\ud800","power":"\udfff"}""")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("""[{"serial":"GW1"}]""")]
    public void Read_NothingUsable_IsJsonAndAllNull(string json) => Assert.Equal(new ParsedHeartbeat { IsJson = true }, Read(json));

    [Theory]
    [InlineData("")]
    [InlineData("alive")]
    [InlineData("""{"serial":"GW1"} x""")]
    [InlineData("""{"serial":"GW1",""")]
    public void Read_NoJson_IsAllNull(string body) => Assert.Equal(new ParsedHeartbeat { IsJson = false }, Read(body));

    [Fact]
    public void Read_TenThousandDeep_IsAllNull() => Assert.False(Read(new string('[', 10_000) + new string(']', 10_000)).IsJson);

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() => Assert.Equal("GW1", Read("\uFEFF{\"serial\":\"GW1\"}").Serial);

    [Fact]
    public void Read_LongTexts_AreCut()
    {
        var heartbeat = Read(
            $$"""{"version":"{{new string('v', 900 * 1024)}}","power":"{{new string('p', 33)}}","serial":"{{new string('s', 65)}}"}""");

        Assert.Equal((64, 32, null), (heartbeat.SoftwareVersion!.Length, heartbeat.Power!.Length, heartbeat.Serial));
    }

    [Theory]
    [InlineData("4.2", "4.2")]
    [InlineData("7", "7")]
    public void Version_ANumber_IsItsText(string json, string version) =>
        Assert.Equal(version, Read($$"""{"version":{{json}}}""").SoftwareVersion);

    [Fact]
    public void Power_ABoolean_IsItsWord() => Assert.Equal("true", Read("""{"power":true}""").Power);

    [Fact]
    public void Read_TruncatedAtEveryByte_NeverThrows()
    {
        var body = Bodies.Utf8("""{"serial":"282c02ffffff","system":{"version":"4.1.2","uptime":[1,{"a":null}]},"battery":87}""");
        for (var length = 0; length < body.Length; length++)
        {
            Assert.False(HeartbeatReader.Read(body.AsSpan(0, length)).IsJson);
        }
    }

    private static ParsedHeartbeat Read(string json) => HeartbeatReader.Read(Encoding.UTF8.GetBytes(json));

    private static (string? Serial, string? Version) Pair(ParsedHeartbeat heartbeat) => (heartbeat.Serial, heartbeat.SoftwareVersion);
}
