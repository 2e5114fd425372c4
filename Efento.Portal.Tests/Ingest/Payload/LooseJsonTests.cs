using System.Text;
using CsCheck;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>What firmware prints although JSON does not know it, and bodies that break off.</summary>
public sealed class LooseJsonTests
{
    private const string Good = """{"channel":2,"type":"humidity","value":51}""";

    [Fact]
    public void Read_VeryManyNonNumbers_TakesNoLongerThanItsSize()
    {
        var body = Encoding.UTF8.GetBytes(
            Bodies.WithParams([.. Enumerable.Repeat("""{"channel":1,"type":"temperature","value":nan}""", 200_000)]));
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Equal(200_000, PayloadReader.Read(body).Params.Count);

        // By a search through all of them for each part it would be minutes.
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("-nan")]
    [InlineData("NaN")]
    [InlineData("NAN")]
    [InlineData("+nan")]
    [InlineData("nan(ind)")]
    [InlineData("-nan(snan)")]
    [InlineData("inf")]
    [InlineData("-inf")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1.#QNAN")]
    [InlineData("-1.#IND00")]
    [InlineData("NULL")]
    [InlineData("None")]
    public void Value_BareNonNumber_IsNoValueOfThatParam(string value)
    {
        var message = Bodies.Read(Bodies.WithParams($$"""{"channel":1,"type":"temperature","value":{{value}}}""", Good));

        Assert.Empty(message.Rejects);
        Assert.Equal([(1, null), (2, 51d)], message.Params.Select(p => ((int)p.Channel, p.Value)));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("\"nan\"")]
    [InlineData("\"-NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\" -inf \"")]
    public void Value_NonNumber_HasTheStatusNoValue(string value)
    {
        var param = Bodies.ReadParam($"\"value\":{value}");

        Assert.Null(param.Value);
        Assert.Contains(param.Status, (ReadingStatus[])[ReadingStatus.NoValue, ReadingStatus.Valid]);
    }

    [Fact]
    public void Value_NonNumberOfAFailedSensor_KeepsTheLoggersWord() =>
        Assert.Equal(ReadingStatus.Error, Bodies.ReadParam("\"value\":\"nan\",\"status\":\"ERROR\"").Status);

    [Theory]
    [InlineData("+4.5", 4.5)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5", -0.5)]
    [InlineData("+.5", 0.5)]
    [InlineData("4.", 4)]
    [InlineData("004.5", 4.5)]
    [InlineData("-007", -7)]
    [InlineData("4.e1", 40)]
    [InlineData("+1E2", 100)]
    public void Value_LooseNumber_IsRead(string value, double expected) =>
        Assert.Equal(expected, Bodies.ReadParam($"\"value\":{value}").Value);

    [Theory]
    [InlineData("4,5")]
    [InlineData("..5")]
    [InlineData("+-4")]
    [InlineData(".")]
    [InlineData("+")]
    [InlineData("4.5.6")]
    [InlineData("4e")]
    [InlineData("nano")]
    [InlineData("nan)")]
    [InlineData("0x1F")]
    [InlineData("error")]
    public void Value_BareGarbage_SetsAsideFromItsRecordOn(string value)
    {
        var bad = $$"""{"serial":"BAD","measured_at":"{{Bodies.MeasuredAt}}","params":[{"channel":1,"type":"temperature","value":{{value}}}]}""";
        var json = Bodies.Of(Bodies.Record($"\"params\":[{Good}]"), bad);
        var message = Bodies.Read(json);

        Assert.Equal((RejectScope.Record, RejectReason.NotJson), (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason));
        Assert.Equal(bad + "]}", Bodies.Cut(json, message.Rejects[0]));
        Assert.Equal(51, Assert.Single(message.Params).Value);
    }

    [Fact]
    public void Read_NonNumbersEverywhere_PointsAtTheOriginalBytes()
    {
        var bad = $$"""{"serial":"GOOD","measured_at":"{{Bodies.MeasuredAt}}","params":[{"channel":0,"type":"temperature","value":.5}]}""";
        var json = "\uFEFF" + Bodies.Of(
            $$"""{"serial":"X1","measured_at":nan,"signal":-inf}""",
            Bodies.Record($$"""  "params":[{"channel":1,"type":"temperature","value":+.5},{{Good}}]"""),
            bad);
        var message = Bodies.Read(json);

        Assert.Equal(
            ["""{"serial":"X1","measured_at":nan,"signal":-inf}""", """{"channel":0,"type":"temperature","value":.5}"""],
            message.Rejects.Select(r => Bodies.Cut(json, r)));
        Assert.Equal(bad, Bodies.Cut(json, message.Records[1].Offset, message.Records[1].Length));
        Assert.Equal(Good, Bodies.Cut(json, message.Params[1].Offset, message.Params[1].Length));
    }

    [Fact]
    public void Read_NonNumberInOneRecord_AnswersEveryHandle()
    {
        var message = Bodies.Read(Bodies.Of(
            Bodies.Record("\"response_handle\":1,\"params\":[{\"channel\":1,\"type\":\"temperature\",\"value\":nan}]"),
            Bodies.Record("\"response_handle\":+2")));

        Assert.Equal([1, 2], message.Handles.Select(h => h.Value));
    }

    [Theory]
    [InlineData("\"serial \\\" nan\"")]
    [InlineData("\"a\\\\\"")]
    [InlineData("\"+4.5\"")]
    public void Repair_TextsInQuotes_StayAsTheyAre(string text)
    {
        var mended = LooseJson.Repair(Bodies.Utf8($"[{text},nan,{text}]"));

        Assert.Equal($"[{text},null,{text}]", Encoding.UTF8.GetString(mended!.Json));
    }

    [Theory]
    [InlineData("""[null,true,false,0,-0,0.0,10,100.010,1e5,1E+5,-1.5e-3,"nan"]""")]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("\"")]
    [InlineData("\"\\")]
    [InlineData("[1,2")]
    public void Repair_NothingToMend_IsNull(string text) => Assert.Null(LooseJson.Repair(Bodies.Utf8(text)));

    [Fact]
    public void Read_AnyValidBody_IsNotMended() => SomeBody.All.Sample(body => LooseJson.Repair(Bodies.Utf8(body.Json)) is null);

    [Fact]
    public void Read_CutAnywhere_KeepsTheRecordsThatAreWhole() =>
        Gen.Select(SomeBody.All, Gen.Double[0, 1]).Sample((body, share) =>
        {
            var bytes = Bodies.Utf8(body.Json);
            var cut = (int)(bytes.Length * share);
            var whole = PayloadReader.Read(bytes).Records.Count(r => r.Offset + r.Length <= cut);
            var message = PayloadReader.Read(bytes.AsSpan(..cut));
            return SomeBody.Found(message) == SomeBody.Expected(body.Records[..whole])
                && message.Params.Count == body.Records[..whole].Sum(r => r.Params.Length)
                && message.Handles.Count == body.Records[..whole].Count(r => r.Handle is not null);
        });

    [Fact]
    public void Read_BrokenInTheLastRecord_SetsThatAside()
    {
        const string Last = """{"serial":"282C024FFFB4","response_handle":4,"params":[{"channel":1,"type":"tem""";
        var json = $$"""{"measurements":[{{Bodies.Record("\"response_handle\":2")}}, {{Last}}""";
        var message = Bodies.Read(json);

        Assert.Equal(Last, Bodies.Cut(json, Assert.Single(message.Rejects)));
        Assert.Equal([2], message.Handles.Select(h => h.Value));
        Assert.Single(message.Records);
    }

    [Theory]
    [InlineData("")]
    [InlineData("]")]
    [InlineData(",")]
    [InlineData("]}\0\0\0\0")]
    [InlineData("]} \r\n\0 \n")]
    public void Read_NothingButBracketsMissing_SetsNothingAside(string end)
    {
        var message = Bodies.Read($$"""{"measurements":[{{Bodies.Record("\"signal\":-1")}}{{end}}""");

        Assert.Single(message.Records);
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_GarbageBehindANul_SetsThatAside()
    {
        var json = Bodies.Of(Bodies.Record("\"signal\":-1")) + "\0\0old buffer";

        Assert.Equal("old buffer", Bodies.Cut(json, Bodies.ReadReject(json)));
    }

    [Fact]
    public void Heartbeat_WithNonNumbersAndNuls_IsRead()
    {
        var said = HeartbeatReader.Read(Bodies.Utf8("""{"serial":"GW1","battery":nan,"uptime":+500}""" + "\0\0"));

        Assert.Equal((true, "GW1", null, 500L), (said.IsJson, said.Serial, said.BatteryPercent, said.UptimeSeconds!.Value));
    }

    [Fact]
    public void Shape_OfABodyWithNonNumbers_IsDescribed() =>
        Assert.Contains("[].value: null", BodyShape.Describe(Bodies.Utf8("""[{"value":nan}]""")));
}
