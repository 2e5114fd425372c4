using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>Bodies of one shape have one fingerprint, others another; and its description.</summary>
public sealed class ShapeTests
{
    private const string Plain = """{"serial":"X","measured_at":1539358101,"params":[{"channel":1,"type":"iaq","value":1}]}""";

    [Theory]
    [InlineData("""{"serial":"Y","measured_at":7,"params":[{"channel":2,"type":"co2","value":9.5}]}""")]
    [InlineData("""{"params":[{"value":1,"type":"iaq","channel":1}],"measured_at":1539358101,"serial":"X"}""")]
    [InlineData("""{"SERIAL":"X","Measured_At":1539358101,"params":[{"channel":1,"type":"iaq","value":1}]}""")]
    public void Shape_SameFieldsAndKinds_IsTheSame(string record) => Assert.Equal(Shape(Plain), Shape(record));

    [Theory]
    [InlineData("""{"serial":"X","measured_at":"2018-10-12 15:28:21","params":[{"channel":1,"type":"iaq","value":1}]}""")]
    [InlineData("""{"serial":"X","measured_at":1539358101,"params":[{"channel":1,"type":"iaq","value":"open"}]}""")]
    [InlineData("""{"serial":"X","measured_at":1539358101,"params":[{"channel":1,"type":"iaq","value":1,"status":"VALID"}]}""")]
    [InlineData("""{"serial":"X","measured_at":1539358101,"params":[]}""")]
    [InlineData("""{"serial":"X","measured_at":1539358101,"params":[{"channel":1,"type":"iaq","value":1}],"rssi":1}""")]
    public void Shape_OtherFieldsOrKinds_IsAnother(string record) => Assert.NotEqual(Shape(Plain), Shape(record));

    [Fact]
    public void Shape_BareArray_IsAnother() => Assert.NotEqual(Shape(Plain), Bodies.Read($"[{Plain}]").Shape);

    [Fact]
    public void Shape_OnlyKnownFields_HasNoUnknownHash() => Assert.Equal(0ul, Bodies.Read(Bodies.Manual).Shape.UnknownFields);

    [Theory]
    [InlineData("\"a\":1", "\"b\":1")]
    [InlineData("\"a\":1", "\"A\":1")]
    [InlineData("\"a\":1", "\"a\":\"1\"")]
    [InlineData("\"a\":1", "\"a\":null")]
    [InlineData("\"a\":{\"b\":1}", "\"a\":{\"c\":1}")]
    [InlineData("\"a\":[1]", "\"a\":[\"1\"]")]
    [InlineData("\"a\":{\"b\":1}", "\"a\":[1]")]
    [InlineData("\"a\":1", "\"a\":1,\"b\":1")]
    [InlineData("\"battery\":{\"a\":1}", "\"battery\":{\"b\":1}")]
    public void Shape_OtherUnknownFields_IsAnother(string one, string other) =>
        Assert.NotEqual(Shape(Bodies.Record(one)).UnknownFields, Shape(Bodies.Record(other)).UnknownFields);

    [Theory]
    [InlineData("\"a\":1,\"b\":2", "\"b\":3,\"a\":4")]
    [InlineData("\"a\":true", "\"a\":false")]
    [InlineData("\"a\":[1]", "\"a\":[1,2,3]")]
    [InlineData("\"a\":1,\"a\":2", "\"a\":1")]
    [InlineData("\"a\":{\"282C024FFFB2\":1}", "\"a\":{\"282C024FFFB4\":1}")]
    public void Shape_SameUnknownFields_IsTheSame(string one, string other) =>
        Assert.Equal(Shape(Bodies.Record(one)), Shape(Bodies.Record(other)));

    [Fact]
    public void Shape_MoreThan64UnknownFields_DoesNotDependOnTheirOrder()
    {
        var fields = Enumerable.Range(0, 200).Select(i => $"\"f{i}\":{i}").ToArray();

        Assert.Equal(Shape(Bodies.Record(string.Join(',', fields))), Shape(Bodies.Record(string.Join(',', fields.Reverse()))));
    }

    // Fingerprints are stored: a change here makes every shape a new one. A byte per field, status first, root last.
    [Fact]
    public void Shape_ManualsExample_StaysWhatItWas() =>
        Assert.Equal("000C0408010204080408040804010201", $"{Bodies.Read(Bodies.Manual).Shape.KnownFields:X32}");

    [Fact]
    public void Shape_UnknownField_StaysWhatItWas() =>
        Assert.Equal("EA3A1ABE242B49DA", $"{Shape(Bodies.Record("\"rssi\":1")).UnknownFields:X16}");

    [Fact]
    public void Shape_NoMeasurements_IsKeptAllTheSame() => Assert.NotEqual(default, Bodies.Read("""{"data":[1]}""").Shape);

    [Fact]
    public void Describe_ManualsExample_NamesEveryField() => Assert.Equal(
        [
            "$: object",
            "measurements: array",
            "measurements[]: object",
            "measurements[].battery: string",
            "measurements[].measured_at: string",
            "measurements[].measurement_interval: number",
            "measurements[].next_measurement_at: string",
            "measurements[].params: array",
            "measurements[].params[]: object",
            "measurements[].params[].channel: number",
            "measurements[].params[].type: string",
            "measurements[].params[].value: number",
            "measurements[].params[].value: string",
            "measurements[].response_handle: number",
            "measurements[].serial: string",
            "measurements[].signal: number",
        ],
        Describe(Bodies.Manual));

    [Theory]
    [InlineData("\uFEFF[true,null]", "$: array", "[]: boolean", "[]: null")]
    [InlineData("5", "$: number")]
    [InlineData("""{"282c024fffb2":{"\u0061":1}}""", "$: object", "*: object", "*.a: number")]
    [InlineData("""{"\ud800":1}""", "$: object", "?: number")]
    public void Describe_AnyJson_NamesItsParts(string json, params string[] lines) => Assert.Equal(lines, Describe(json));

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[1")]
    [InlineData("[1] 2")]
    public void Describe_NoJson_IsEmpty(string body) => Assert.Empty(Describe(body));

    [Fact]
    public void Describe_EndlessKeys_IsBounded() =>
        Assert.Equal(BodyShape.MaxLines, Describe($"{{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"{i}\":{i}"))}}}").Count);

    private static ShapeFingerprint Shape(string record) => Bodies.Read(Bodies.Of(record)).Shape;

    private static IReadOnlyList<string> Describe(string json) => BodyShape.Describe(Bodies.Utf8(json));
}
