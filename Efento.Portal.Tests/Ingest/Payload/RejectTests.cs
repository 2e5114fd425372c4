using System.Text;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>Only the smallest bad part is set aside, and what a repeated key replaces leaves nothing behind.</summary>
public sealed class RejectTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("\uFEFF")]
    public void Read_NothingThere_IsAnEmptyBody(string body) => AssertBodyReject(body, RejectReason.EmptyBody);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"measurements\"")]
    [InlineData("""{"measurements":null}""")]
    [InlineData("""{"measurements":{"serial":"X1"}}""")]
    [InlineData("""{"measurements":"[]"}""")]
    [InlineData("""{"data":[{"serial":"X1"}]}""")]
    public void Read_JsonWithoutMeasurements_IsNotMeasurements(string body) => AssertBodyReject(body, RejectReason.NotMeasurements);

    [Theory]
    [InlineData("hello")]
    [InlineData("{")]
    [InlineData("""{"measurements":[]""")]
    [InlineData("""{"measurements":[],}""")]
    [InlineData("""{"measurements":[]} x""")]
    [InlineData("""{"measurements":[]}{"measurements":[]}""")]
    [InlineData("""{"measurements":[{"serial":"X1","measured_at":0x1}]}""")]
    [InlineData("{'measurements':[]}")]
    [InlineData("// note\n[]")]
    [InlineData("[\"a\u0001b\"]")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\\u12g4\"]")]
    [InlineData("\uFEFF\uFEFF[]")]
    public void Read_NoJson_IsNotJson(string body) => AssertBodyReject(body, RejectReason.NotJson);

    [Fact]
    public void Read_Utf16_IsNotJson() =>
        Assert.Equal(RejectReason.NotJson, Assert.Single(PayloadReader.Read(Encoding.Unicode.GetBytes(Bodies.Manual)).Rejects).Reason);

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("\"282C024FFFB2\"")]
    [InlineData("[{\"serial\":\"X1\"}]")]
    public void Read_RecordThatIsNoObject_IsRejectedAlone(string record)
    {
        var json = Bodies.Of(record, Bodies.Record("\"signal\":1"));
        var message = Bodies.Read(json);

        Assert.Equal((RejectScope.Record, RejectReason.NotARecord), (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason));
        Assert.Equal(record, Bodies.Cut(json, message.Rejects[0]));
        Assert.Single(message.Records);
    }

    [Fact]
    public void Read_BadRecordBetweenGoodOnes_LeavesTheirParamsInPlace()
    {
        const string Good = """{"channel":1,"type":"temperature","value":VALUE}""";
        var bad = $$"""{"serial":"X2","params":[{{Good.Replace("VALUE", "2")}},{"channel":0}]}""";
        var json = Bodies.Of(
            Bodies.Record($"\"params\":[{Good.Replace("VALUE", "1")}]"), bad, Bodies.Record($"\"params\":[{Good.Replace("VALUE", "3")}]"));
        var message = Bodies.Read(json);

        Assert.Equal([1d, 3d], message.Params.Select(p => p.Value!.Value));
        Assert.Equal([(0, 1), (1, 1)], message.Records.Select(r => (r.FirstParam, r.ParamCount)));
        Assert.Equal(bad, Bodies.Cut(json, Assert.Single(message.Rejects)));
    }

    [Fact]
    public void Read_MultiByteCharactersBefore_PointsAtTheRightBytes()
    {
        var json = $$"""{"ort":"Kühlhaus Łódź","measurements":[7]}""";

        Assert.Equal("7", Bodies.Cut(json, Bodies.ReadReject(json)));
    }

    [Fact]
    public void Read_MeasurementsTwice_TheLastStands()
    {
        var message = Bodies.Read(
            """{"measurements":[5,{"serial":"A","measured_at":1539358101,"response_handle":1,"params":[{"channel":1,"type":"iaq","value":1}]}],"""
            + """ "Measurements":[{"serial":"B","measured_at":1539358101,"response_handle":2,"params":[{"channel":2,"type":"iaq","value":2}]}]}""");

        Assert.Equal(("B", 0, 1), (Assert.Single(message.Records).Serial, message.Records[0].FirstParam, message.Records[0].ParamCount));
        Assert.Equal((2, 2d), ((int)Assert.Single(message.Params).Channel, message.Params[0].Value));
        Assert.Equal([new(2, "B")], message.Handles);
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_MeasurementsTwiceTheLastNull_IsNotMeasurements() =>
        AssertBodyReject($$"""{"measurements":[{{Bodies.Record("\"signal\":1")}}],"measurements":null}""", RejectReason.NotMeasurements);

    [Fact]
    public void Read_ParamsTwice_TheLastStands()
    {
        var message = Bodies.Read(Bodies.Of(Bodies.Record(
            """  "params":[{"channel":0},{"channel":1,"type":"iaq","value":1}],"params":[{"channel":2,"type":"iaq","value":2}]""")));

        Assert.Equal((0, 1), (Assert.Single(message.Records).FirstParam, message.Records[0].ParamCount));
        Assert.Equal(2, Assert.Single(message.Params).Channel);
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_ParamsTwiceTheLastNull_LeavesNone()
    {
        var message = Bodies.Read(Bodies.Of(Bodies.Record("""  "params":[{"channel":1,"type":"iaq","value":1}],"params":null""")));

        Assert.Equal(0, Assert.Single(message.Records).ParamCount);
        Assert.Empty(message.Params);
    }

    [Fact]
    public void Read_RecordFieldsTwice_TheLastStands()
    {
        var message = Bodies.Read(Bodies.Of(Bodies.Record(
            """  "serial":"X2","measured_at":1539358102,"signal":-1,"signal":null,"response_handle":1,"response_handle":2""")));

        Assert.Equal(
            ("X2", 1_539_358_102_000, null),
            (Assert.Single(message.Records).Serial, message.Records[0].MeasuredAtMs, message.Records[0].Signal));
        Assert.Equal([new(2, "X2")], message.Handles);
    }

    [Fact]
    public void Read_GoodSerialThenABadOne_RejectsTheRecord() =>
        Assert.Equal(RejectReason.NoSerial, Bodies.ReadReject(Bodies.Of(Bodies.Record("\"serial\":null"))).Reason);

    [Fact]
    public void Read_ParamFieldsTwice_TheLastStands()
    {
        var param = Bodies.ReadParam(
            """  "value":"ajar","channel":0,"type":null,"channel":7,"type":"iaq","value":5,"status":"ERROR","status":"ok" """);

        Assert.Equal((7, "iaq", 5d), ((int)param.Channel, param.Type.Name, param.Value));
    }

    private static void AssertBodyReject(string body, RejectReason reason)
    {
        var message = Bodies.Read(body);

        Assert.Equal([new(RejectScope.Body, reason, 0, Bodies.Utf8(body).Length)], message.Rejects);
        Assert.Empty(message.Records);
        Assert.Empty(message.Params);
        Assert.Empty(message.Handles);
    }
}
