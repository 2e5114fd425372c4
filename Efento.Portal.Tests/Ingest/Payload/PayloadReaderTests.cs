using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>What a body, a record and its fields may look like.</summary>
public sealed class PayloadReaderTests
{
    [Fact]
    public void Read_ManualsExample_GivesBothRecords()
    {
        var message = Bodies.Read(Bodies.Manual);

        Assert.Equal(["282C024FFFB2", "282C024FFFB4"], message.Records.Select(r => r.Serial));
        Assert.All(
            message.Records, r =>
                Assert.Equal((Bodies.MeasuredAtMs, 180, (short?)-70, false), (r.MeasuredAtMs, r.IntervalSeconds, r.Signal, r.BatteryLow)));
        Assert.Equal([1_539_370_701_000, 1_539_361_701_000], message.Records.Select(r => r.NextMeasurementAtMs));
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_ManualsExample_GivesAllParams()
    {
        var message = Bodies.Read(Bodies.Manual);

        Assert.Equal([(0, 2), (2, 2)], message.Records.Select(r => (r.FirstParam, r.ParamCount)));
        Assert.Equal(
            [(1, "temperature", 12d), (2, "humidity", 51d), (1, "open-close", 1d), (2, "open-close", 0d)],
            message.Params.Select(p => ((int)p.Channel, p.Type.Name, p.Value!.Value)));
    }

    [Fact]
    public void Read_ManualsExample_PointsAtEachRecord() =>
        Assert.All(Bodies.Read(Bodies.Manual).Records, r => Assert.StartsWith(
            $$"""{"serial":"{{r.Serial}}",""", Bodies.Cut(Bodies.Manual, r.Offset, r.Length)));

    [Fact]
    public void Read_ManualsExample_PointsAtEachParam() =>
        Assert.Equal(
            """{"channel":2,"type":"open-close","value":"closed"}""",
            Bodies.Cut(Bodies.Manual, Bodies.Read(Bodies.Manual).Params[3].Offset, Bodies.Read(Bodies.Manual).Params[3].Length));

    [Fact]
    public void Read_BareArray_IsReadAlike()
    {
        var message = Bodies.Read($"[{Bodies.Record("\"response_handle\":7")}]");

        Assert.Equal(Bodies.Serial, Assert.Single(message.Records).Serial);
        Assert.Equal(new ResponseHandle(7, Bodies.Serial), Assert.Single(message.Handles));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"measurements":[]}""")]
    [InlineData("""  {"measurements":[],"other":null}  """)]
    public void Read_NoRecords_IsFine(string json)
    {
        var message = Bodies.Read(json);

        Assert.Empty(message.Records);
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_AnyKeyOrder_GivesTheSame()
    {
        var message = Bodies.Read(Bodies.Of(
            $$"""{"params":[{"value":21.5,"status":"VALID","type":"temperature","channel":3}],"measured_at":"{{Bodies.MeasuredAt}}","response_handle":9,"serial":"{{Bodies.Serial}}"}"""));

        Assert.Equal(
            (Bodies.Serial, Bodies.MeasuredAtMs, 1),
            (message.Records[0].Serial, message.Records[0].MeasuredAtMs, message.Records[0].ParamCount));
        Assert.Equal((3, "temperature", 21.5), ((int)message.Params[0].Channel, message.Params[0].Type.Name, message.Params[0].Value));
        Assert.Equal(new ResponseHandle(9, Bodies.Serial), message.Handles[0]);
    }

    [Fact]
    public void Read_KeysInAnyCase_AreKnown()
    {
        var usual = Bodies.Read(Bodies.Manual);
        var upper = Bodies.Read(Bodies.InUpperKeys(Bodies.Manual));

        Assert.Equal(usual.Records.Select(Bodies.Content), upper.Records.Select(Bodies.Content));
        Assert.Equal(usual.Params.Select(Bodies.Content), upper.Params.Select(Bodies.Content));
        Assert.Equal(usual.Handles, upper.Handles);
    }

    [Fact]
    public void Read_EscapedKey_IsKnown() =>
        Assert.Single(Bodies.Read($$"""{"measu\u0072ements":[{"s\u0065rial":"X","measured_at":"{{Bodies.MeasuredAt}}"}]}""").Records);

    [Fact]
    public void Read_ByteOrderMark_IsSkippedAndCounted()
    {
        var message = Bodies.Read("\uFEFF" + Bodies.Of("5"));

        Assert.Equal(
            new Reject(RejectScope.Record, RejectReason.NotARecord, 3 + """{"measurements":[""".Length, 1), Assert.Single(message.Rejects));
    }

    [Fact]
    public void Read_OptionalFieldsMissing_AreNotSaid()
    {
        var record = Assert.Single(Bodies.Read(Bodies.Of($$"""{"serial":"X1","measured_at":"{{Bodies.MeasuredAt}}"}""")).Records);

        Assert.Equal(
            (0L, 0, null, null, 0),
            (record.NextMeasurementAtMs, record.IntervalSeconds, record.Signal, record.BatteryLow, record.ParamCount));
    }

    [Theory]
    [InlineData("\"ok\"", false)]
    [InlineData("\"OK\"", false)]
    [InlineData("\"low\"", true)]
    [InlineData("\"Low\"", true)]
    [InlineData("\"medium\"", null)]
    [InlineData("87", null)]
    [InlineData("null", null)]
    [InlineData("{\"level\":3}", null)]
    public void Read_Battery_IsLowOrOkOrNotSaid(string battery, bool? low) =>
        Assert.Equal(low, Bodies.ReadRecord($"\"battery\":{battery}").BatteryLow);

    [Theory]
    [InlineData("-70", -70)]
    [InlineData("\"-70\"", -70)]
    [InlineData("63", 63)]
    [InlineData("-70.6", -71)]
    [InlineData("99999", null)]
    [InlineData("\"strong\"", null)]
    [InlineData("null", null)]
    [InlineData("true", null)]
    public void Read_Signal_IsItsNumberOrNotSaid(string signal, int? expected) =>
        Assert.Equal(expected, Bodies.ReadRecord($"\"signal\":{signal}").Signal);

    [Theory]
    [InlineData("180", 180)]
    [InlineData("\"180\"", 180)]
    [InlineData("180.0", 180)]
    [InlineData("-1", 0)]
    [InlineData("1e99", 0)]
    [InlineData("2147483648", 0)]
    [InlineData("\"3 min\"", 0)]
    [InlineData("null", 0)]
    [InlineData("[180]", 0)]
    public void Read_Interval_IsItsSecondsOrNotSaid(string interval, int seconds) =>
        Assert.Equal(seconds, Bodies.ReadRecord($"\"measurement_interval\":{interval}").IntervalSeconds);

    [Theory]
    [InlineData("\"2018-10-12 15:28:21 UTC\"", Bodies.MeasuredAtMs)]
    [InlineData("1539358101", Bodies.MeasuredAtMs)]
    [InlineData("\"soon\"", 0)]
    [InlineData("null", 0)]
    public void Read_NextMeasurement_IsItsTimeOrNotSaid(string next, long ms) =>
        Assert.Equal(ms, Bodies.ReadRecord($"\"next_measurement_at\":{next}").NextMeasurementAtMs);

    [Theory]
    [InlineData("\"params\":[]")]
    [InlineData("\"params\":null")]
    [InlineData("\"signal\":-70")]
    public void Read_NoParams_KeepsTheRecord(string fields)
    {
        var message = Bodies.Read(Bodies.Of(Bodies.Record(fields)));

        Assert.Equal(0, Assert.Single(message.Records).ParamCount);
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_SameChannelAndTypeTwice_KeepsBothInOrder() =>
        Assert.Equal(
            [1d, 2d],
            Bodies.Read(Bodies.WithParams(
                """{"channel":1,"type":"temperature","value":1}""",
                """{"channel":1,"type":"temperature","value":2}""")).Params.Select(p => p.Value!.Value));

    [Fact]
    public void Read_UnknownFieldsAtAnyDepth_AreIgnored()
    {
        var message = Bodies.Read($$$"""
            {"version":{"a":[{"measurements":[1]}]},"measurements":[{"serial":"X1","extra":[[{"serial":"Y"}]],"measured_at":"{{{Bodies.MeasuredAt}}}",
             "params":[{"channel":1,"meta":{"channel":9,"value":[7]},"type":"temperature","value":5}]}],"measurement":[]}
            """);

        Assert.Equal("X1", Assert.Single(message.Records).Serial);
        Assert.Equal((1, 5d), ((int)Assert.Single(message.Params).Channel, message.Params[0].Value));
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_MeasurementsInsideMeasurements_AreUnknownFields()
    {
        var message = Bodies.Read(Bodies.Of(Bodies.Record($$"""  "measurements":[{{Bodies.Record("\"response_handle\":5")}}]""")));

        Assert.Single(message.Records);
        Assert.Empty(message.Handles);
    }
}
