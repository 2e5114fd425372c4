using System.Diagnostics;
using System.Globalization;
using System.Text;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>Bodies nobody sends by accident: never an exception, never more taken away than is bad.</summary>
public sealed class HostileBodyTests
{
    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    [InlineData("{\"measurements\":[", "]}")]
    [InlineData("{\"params\":[", "]}")]
    public void Read_NestedTenThousandDeep_IsNotJson(string open, string close)
    {
        var message = Bodies.Read(Repeat(open, 10_000) + Repeat(close, 10_000));

        Assert.Equal((RejectScope.Body, RejectReason.NotJson), (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason));
    }

    [Fact]
    public void Read_UnknownFieldNestedToTheLimit_IsIgnored()
    {
        // The root, the array and the record are three levels.
        var json = Bodies.Of(Bodies.Record($"\"deep\":{Repeat("[", 61)}{Repeat("]", 61)}"));

        Assert.Single(Bodies.Read(json).Records);
        Assert.Equal(RejectReason.NotJson, Bodies.ReadReject(json.Replace("[]", "[[]]", StringComparison.Ordinal)).Reason);
    }

    [Theory]
    [InlineData("\"serial\"")]
    [InlineData("\"measured_at\"")]
    [InlineData("\"response_handle\"")]
    [InlineData("\"battery\"")]
    [InlineData("\"signal\"")]
    [InlineData("\"measurement_interval\"")]
    [InlineData("\"next_measurement_at\"")]
    [InlineData("\"params\"")]
    [InlineData("\"unheard_of\"")]
    public void Read_AnythingInAnyRecordField_LosesNoOtherRecord(string field)
    {
        var good = Bodies.Record("\"response_handle\":1");
        foreach (var value in OddValues)
        {
            var message = Bodies.Read(Bodies.Of(good, Bodies.Record($"{field}:{value}"), good));

            Assert.InRange(message.Records.Count, 2, 3);
            Assert.Equal(3 - message.Records.Count, message.Rejects.Count(r => r.Scope is RejectScope.Record));
        }
    }

    [Theory]
    [InlineData("\"channel\"")]
    [InlineData("\"type\"")]
    [InlineData("\"value\"")]
    [InlineData("\"status\"")]
    [InlineData("\"unheard_of\"")]
    public void Read_AnythingInAnyParamField_LosesNoOtherParam(string field)
    {
        const string Good = """{"channel":1,"type":"temperature","value":1}""";
        foreach (var value in OddValues)
        {
            var message = Bodies.Read(
                Bodies.WithParams(Good, $$"""{"channel":1,"type":"temperature","value":1,{{field}}:{{value}}}""", Good));

            Assert.Single(message.Records);
            Assert.InRange(message.Params.Count, 2, 3);
            Assert.Equal(3 - message.Params.Count, message.Rejects.Count(r => r.Scope is RejectScope.Param));
        }
    }

    [Theory]
    [InlineData("serial", RejectScope.Record)]
    [InlineData("measured_at", RejectScope.Record)]
    [InlineData("type", RejectScope.Param)]
    [InlineData("word", RejectScope.Param)]
    public void Read_InvalidUtf8WhereItMatters_RejectsThatPart(string marked, RejectScope scope)
    {
        var json = Bodies.Of($$"""
            {"serial":"{{(marked is "serial" ? "S?" : "S")}}","measured_at":"{{(marked is "measured_at" ? "2018?" : Bodies.MeasuredAt)}}",
             "params":[{"channel":1,"type":"{{(marked is "type" ? "t?" : "t")}}","value":"{{(marked is "word" ? "open?" : "open")}}"}]}
            """);

        Assert.Equal(scope, Assert.Single(PayloadReader.Read(WithInvalidUtf8(json)).Rejects).Scope);
    }

    [Theory]
    [InlineData("\"unknown\":\"a?b\"")]
    [InlineData("\"unk?nown\":5")]
    [InlineData("\"battery\":\"o?\"")]
    [InlineData("\"unknown\":[{\"a?\":\"?\"}]")]
    public void Read_InvalidUtf8Elsewhere_IsIgnored(string field)
    {
        var message = PayloadReader.Read(WithInvalidUtf8(Bodies.Of(Bodies.Record(field))));

        Assert.Single(message.Records);
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_LoneSurrogateInUnknownKeyAndValue_IsIgnored() =>
        Assert.Empty(Bodies.Read(Bodies.Of(Bodies.Record("\"\\ud800\":\"\\udfff\""))).Rejects);

    [Fact]
    public void Read_MegabyteNumberAndKey_IsReadInReasonableTime()
    {
        var digits = new string('9', 1 << 20);
        var clock = Stopwatch.StartNew();
        var message = Bodies.Read(Bodies.Of(Bodies.Record(
            $$"""  "{{digits}}":{{digits}},"signal":{{digits}},"params":[{"channel":1,"type":"iaq","value":0.{{digits}}}]""")));

        Assert.Equal(1, Assert.Single(message.Params).Value);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public void Read_ManyLoneSurrogates_IsReadInReasonableTime()
    {
        var clock = Stopwatch.StartNew();
        var message = Bodies.Read($"[{string.Join(',', Enumerable.Repeat("""{"serial":"\ud800"}""", 200_000))}]");

        Assert.Equal(200_000, message.Rejects.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public void Read_TwoMillionParts_AreRead() =>
        Assert.Equal(MessageScan.MaxParts, Bodies.Read($"[{Repeat("5,", MessageScan.MaxParts - 1)}5]").Rejects.Count);

    [Theory]
    [InlineData("[{0}5]")]
    [InlineData("{{\"measurements\":[{{\"params\":[{0}5]}}]}}")]
    public void Read_MoreParts_IsSetAsideWhole(string body)
    {
        var message = Bodies.Read(string.Format(CultureInfo.InvariantCulture, body, Repeat("5,", MessageScan.MaxParts)));

        Assert.Equal((RejectScope.Body, RejectReason.TooManyParts), (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason));
        Assert.Empty(message.Records);
    }

    [Fact]
    public void Read_MorePartsThenBroken_IsNotJson() =>
        Assert.Equal(RejectReason.NotJson, Bodies.ReadReject($"[{Repeat("5,", MessageScan.MaxParts)}[5]").Reason);

    [Fact]
    public void Read_UnknownTypeAgainAndAgain_IsBuiltOnce()
    {
        var all = Bodies.Read(Bodies.WithParams([.. Enumerable.Repeat("""{"channel":1,"type":"brand_new"}""", 3)])).Params;

        Assert.All(all, p => Assert.Same(all[0].Type, p.Type));
    }

    private static readonly string[] OddValues =
    [
        "null", "true", "0", "-0", "-1", "1.5", "256", "1e400", "-1e400", "9999999999999999999999", "\"\"", "\"NaN\"", "\"\\u0000\"",
        "\"\\ud800\"",
        "\"9999-12-31 23:59:59\"", "\"0000-00-00 00:00:00\"", "\"99999-01-01 00:00:00\"", "[]", "{}", "[null]", "[[1]]", "{\"\":{\"\":[]}}",
        $"\"{Repeat("\\u0041", 1_000)}\"", $"\"{new string('x', 900 * 1024)}\"",
    ];

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static byte[] WithInvalidUtf8(string json) => [.. Bodies.Utf8(json).Select(b => b is (byte)'?' ? (byte)0xFF : b)];
}
