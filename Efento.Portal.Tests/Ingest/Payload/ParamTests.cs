using Efento.Portal.Ingest.Payload;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>Values, words, statuses, flags, channels and types of a param.</summary>
public sealed class ParamTests
{
    [Theory]
    [InlineData("12", 12)]
    [InlineData("-12.5", -12.5)]
    [InlineData("0.1", 0.1)]
    [InlineData("-0", 0)]
    [InlineData("1.25e2", 125)]
    [InlineData("1E-2", 0.01)]
    [InlineData("123456789012345678", 123456789012345678d)]
    [InlineData("0.12345678901234567", 0.12345678901234567)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("5e-324", double.Epsilon)]
    [InlineData("1e-400", 0)]
    [InlineData("\"12\"", 12)]
    [InlineData("\"-12.5\"", -12.5)]
    [InlineData("\" 12.5 \"", 12.5)]
    [InlineData("\"+3\"", 3)]
    [InlineData("\"1e3\"", 1000)]
    [InlineData("\"\\u0031\\u0032\"", 12)]
    public void Value_ANumber_IsRead(string value, double expected) => Assert.Equal(expected, ReadValue(value));

    [Fact]
    public void Value_MinusZero_BecomesZero() => Assert.False(double.IsNegative(ReadValue("-0.0")!.Value));

    [Theory]
    [InlineData("open", 1)]
    [InlineData("OPEN", 1)]
    [InlineData("alarm", 1)]
    [InlineData("on", 1)]
    [InlineData("true", 1)]
    [InlineData("1", 1)]
    [InlineData("water_detected", 1)]
    [InlineData("Water detected", 1)]
    [InlineData("WATER-DETECTED", 1)]
    [InlineData("detected", 1)]
    [InlineData("wet", 1)]
    [InlineData("closed", 0)]
    [InlineData("Close", 0)]
    [InlineData("ok", 0)]
    [InlineData("off", 0)]
    [InlineData("False", 0)]
    [InlineData("0", 0)]
    [InlineData("dry", 0)]
    [InlineData("not_detected", 0)]
    [InlineData("\\u006fpen", 1)]
    public void Value_AWord_IsOneOrZero(string word, double expected) => Assert.Equal(expected, ReadState($"\"{word}\""));

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public void Value_ABoolean_IsOneOrZero(string word, double expected) => Assert.Equal(expected, ReadState(word));

    [Theory]
    [InlineData("temperature", "\"open\"")]
    [InlineData("temperature", "\"ok\"")]
    [InlineData("humidity", "true")]
    [InlineData("co2", "false")]
    [InlineData("pulse_cnt", "\"off\"")]
    [InlineData("water_cnt_acc", "\"on\"")]
    public void Value_AWordWhereANumberBelongs_RejectsTheParam(string type, string value) =>
        Assert.Equal(
            (RejectScope.Param, RejectReason.BadValue),
            ScopeAndReason(Bodies.WithParams($$"""{"value":{{value}},"channel":1,"type":"{{type}}"}""")));

    [Fact]
    public void Value_AWordOfAnUnknownType_IsRead() =>
        Assert.Equal(1, Assert.Single(Bodies.Read(Bodies.WithParams("""{"value":"open","channel":1,"type":"brand_new"}""")).Params).Value);

    [Theory]
    [InlineData("\"value\":null")]
    [InlineData("\"status\":\"NO_VALUE\"")]
    public void Value_NullOrMissing_IsNull(string fields) => Assert.Null(Bodies.ReadParam(fields).Value);

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("\"1e400\"")]
    [InlineData("\"∞\"")]
    [InlineData("\"12,5\"")]
    [InlineData("\"1,000\"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"12 °C\"")]
    [InlineData("\"ajar\"")]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"an endless word nobody has ever heard of\"")]
    [InlineData("[12]")]
    [InlineData("{\"value\":12}")]
    public void Value_NoNumberAndNoWord_RejectsTheParamAlone(string value)
    {
        var bad = $$"""{"channel":1,"type":"temperature","value":{{value}}}""";
        var json = Bodies.WithParams(bad, """{"channel":2,"type":"humidity","value":51}""");
        var message = Bodies.Read(json);

        Assert.Equal((RejectScope.Param, RejectReason.BadValue), (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason));
        Assert.Equal(bad, Bodies.Cut(json, message.Rejects[0]));
        Assert.Equal((1, 51d), (Assert.Single(message.Records).ParamCount, Assert.Single(message.Params).Value));
    }

    [Theory]
    [InlineData("\"VALID\"", ReadingStatus.Valid)]
    [InlineData("\"valid\"", ReadingStatus.Valid)]
    [InlineData("\"ok\"", ReadingStatus.Valid)]
    [InlineData("\"ERROR\"", ReadingStatus.Error)]
    [InlineData("\"No_Value\"", ReadingStatus.NoValue)]
    [InlineData("\"incomplete\"", ReadingStatus.Incomplete)]
    [InlineData("\"OUT_OF_RANGE\"", ReadingStatus.OutOfRange)]
    [InlineData("\"not-calibrated\"", ReadingStatus.NotCalibrated)]
    [InlineData("\"NOT_STABILIZED\"", ReadingStatus.NotStabilized)]
    [InlineData("\"TIRED\"", ReadingStatus.Unknown)]
    [InlineData("\"\"", ReadingStatus.Unknown)]
    [InlineData("\"\\ud800\"", ReadingStatus.Unknown)]
    [InlineData("3", ReadingStatus.Unknown)]
    [InlineData("{\"code\":3}", ReadingStatus.Unknown)]
    [InlineData("null", ReadingStatus.Valid)]
    public void Status_AnyWord_IsReadOrUnknown(string status, ReadingStatus expected) =>
        Assert.Equal(expected, Bodies.ReadParam($"\"value\":1,\"status\":{status}").Status);

    [Fact]
    public void Status_Missing_IsValid() => Assert.Equal(ReadingStatus.Valid, Bodies.ReadParam("\"value\":1").Status);

    [Theory]
    [InlineData("temperature", "4000", ReadingFlags.None)]
    [InlineData("temperature", "4000.1", ReadingFlags.OutOfRange)]
    [InlineData("temperature", "-273.3", ReadingFlags.OutOfRange)]
    [InlineData("temperature", "8355839", ReadingFlags.OutOfRange)]
    [InlineData("temperature", "8355840", ReadingFlags.ErrorCode)]
    [InlineData("temperature", "\"8388557\"", ReadingFlags.ErrorCode)]
    [InlineData("temperature", "8388607", ReadingFlags.ErrorCode)]
    [InlineData("temperature", "8388608", ReadingFlags.OutOfRange)]
    [InlineData("open-close", "2", ReadingFlags.OutOfRange)]
    [InlineData("open-close", "8388605", ReadingFlags.ErrorCode)]
    [InlineData("pulse_cnt", "8388605", ReadingFlags.ErrorCode)]
    [InlineData("pulse_cnt_acc", "8388605", ReadingFlags.None)]
    [InlineData("water_cnt_acc", "18446744073709551615", ReadingFlags.None)]
    [InlineData("water_cnt_acc", "-1", ReadingFlags.OutOfRange)]
    [InlineData("new_sensor", "8388605", ReadingFlags.ErrorCode)]
    [InlineData("new_sensor", "-1e300", ReadingFlags.None)]
    [InlineData("temperature", "null", ReadingFlags.None)]
    public void Flags_ByTypeAndValue(string type, string value, ReadingFlags expected) =>
        Assert.Equal(
            expected,
            Assert.Single(Bodies.Read(Bodies.WithParams($$"""{"value":{{value}},"channel":1,"type":"{{type}}"}""")).Params).Flags);

    [Fact]
    public void Value_AnErrorCode_IsKept() => Assert.Equal(8_388_557, ReadValue("8388557"));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("255", 255)]
    [InlineData("\"6\"", 6)]
    [InlineData("\" 6 \"", 6)]
    public void Channel_1To255_IsRead(string channel, int expected) =>
        Assert.Equal(expected, Assert.Single(Bodies.Read(WithChannel(channel)).Params).Channel);

    [Theory]
    [InlineData("0")]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e0")]
    [InlineData("99999999999999999999")]
    [InlineData("\"\"")]
    [InlineData("\"one\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1]")]
    public void Channel_AnythingElse_RejectsTheParam(string channel) =>
        Assert.Equal((RejectScope.Param, RejectReason.BadChannel), ScopeAndReason(WithChannel(channel)));

    [Fact]
    public void Channel_Missing_RejectsTheParam() =>
        Assert.Equal(
            (RejectScope.Param, RejectReason.BadChannel), ScopeAndReason(Bodies.WithParams("""{"type":"temperature","value":1}""")));

    [Theory]
    [InlineData("temperature", "temperature")]
    [InlineData("TEMPERATURE", "temperature")]
    [InlineData(" temperature ", "temperature")]
    [InlineData("open_close", "open-close")]
    [InlineData("Open-Close", "open-close")]
    [InlineData("PM-2-5", "pm_2_5")]
    [InlineData("t\\u0065mperature", "temperature")]
    public void Type_Known_IsFolded(string type, string expected)
    {
        var param = Assert.Single(Bodies.Read(WithType($"\"{type}\"")).Params);

        Assert.Equal((expected, true), (param.Type.Name, param.Type.IsKnown));
    }

    [Fact]
    public void Type_EveryKnownNameInUpperCase_IsFound() => Assert.All(
        MeasurementTypes.All, t => Assert.Same(t, Assert.Single(Bodies.Read(WithType($"\"{t.Name.ToUpperInvariant()}\"")).Params).Type));

    [Theory]
    [InlineData("New_Sensor")]
    [InlineData("feuchte-ä")]
    [InlineData("--")]
    public void Type_Unknown_IsKeptAsItIs(string type)
    {
        var param = Assert.Single(Bodies.Read(WithType($"\"{type}\"")).Params);

        Assert.Equal((type, false), (param.Type.Name, param.Type.IsKnown));
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(65, 0)]
    [InlineData(1024 * 1024, 0)]
    public void Type_UpTo64Characters_IsKept(int length, int kept) =>
        Assert.Equal(kept, Bodies.Read(WithType($"\"{new string('t', length)}\"")).Params.Count);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    [InlineData("\"a\\u0007b\"")]
    [InlineData("\"\\udfff\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[\"temperature\"]")]
    public void Type_NotUsable_RejectsTheParam(string type) =>
        Assert.Equal((RejectScope.Param, RejectReason.BadType), ScopeAndReason(WithType(type)));

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[{\"channel\":1}]")]
    public void Param_NoObject_IsRejectedAlone(string param)
    {
        var json = Bodies.WithParams(param, """{"channel":2,"type":"humidity","value":51}""");
        var message = Bodies.Read(json);

        Assert.Equal(RejectReason.NotAParam, Assert.Single(message.Rejects).Reason);
        Assert.Equal(param, Bodies.Cut(json, message.Rejects[0]));
        Assert.Single(message.Params);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"none\"")]
    [InlineData("{\"channel\":1,\"type\":\"temperature\",\"value\":1}")]
    public void Params_NoArray_AreRejectedAndTheRecordKept(string all)
    {
        var json = Bodies.Of(Bodies.Record($"\"params\":{all}"));
        var message = Bodies.Read(json);

        Assert.Equal((RejectScope.Param, RejectReason.NotAParam), (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason));
        Assert.Equal(all, Bodies.Cut(json, message.Rejects[0]));
        Assert.Equal(0, Assert.Single(message.Records).ParamCount);
    }

    private static double? ReadState(string value) =>
        Assert.Single(Bodies.Read(Bodies.WithParams($$"""{"channel":1,"type":"flooding","value":{{value}}}""")).Params).Value;

    private static double? ReadValue(string value) => Bodies.ReadParam($"\"value\":{value}").Value;

    private static string WithChannel(string channel) => Bodies.WithParams($$"""{"channel":{{channel}},"type":"temperature","value":1}""");

    private static string WithType(string type) => Bodies.WithParams($$"""{"channel":1,"type":{{type}},"value":1}""");

    private static (RejectScope Scope, RejectReason Reason) ScopeAndReason(string json)
    {
        var message = Bodies.Read(json);
        Assert.Single(message.Records);
        Assert.Empty(message.Params);
        return (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason);
    }
}
