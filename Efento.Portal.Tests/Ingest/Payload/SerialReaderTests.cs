using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>What is a serial, and the handles that go with it.</summary>
public sealed class SerialReaderTests
{
    [Theory]
    [InlineData("\"282C024FFFB2\"", "282C024FFFB2")]
    [InlineData("\"282c024fffb2\"", "282C024FFFB2")]
    [InlineData("\" 282c024FFFB2 \\n\"", "282C024FFFB2")]
    [InlineData("\"\\u0032\\u003882C024FFFB\"", "2882C024FFFB")]
    [InlineData("\"282c024fffb\"", "282c024fffb")]
    [InlineData("\"282c024fffbg\"", "282c024fffbg")]
    [InlineData("\"28:2c:02:4f:ff:b2\"", "282C024FFFB2")]
    [InlineData("\"28-2C-02-4F-FF-B2\"", "282C024FFFB2")]
    [InlineData("\"282c.024f.ffb2\"", "282C024FFFB2")]
    [InlineData("\"282c02-4fffb2\"", "282C024FFFB2")]
    [InlineData("\"28:2c:02:4f:ff\"", "28:2c:02:4f:ff")]
    [InlineData("\"28:2c:02:4f:ff:b2:00\"", "28:2c:02:4f:ff:b2:00")]
    [InlineData("\"2:82c024fffb2\"", "2:82c024fffb2")]
    [InlineData("\":282c024fffb2\"", ":282c024fffb2")]
    [InlineData("\"Kühlraum №1\"", "Kühlraum №1")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"a\\/b\\\\c\\\"\"", "a/b\\c\"")]
    [InlineData("282024000001", "282024000001")]
    [InlineData("7", "7")]
    public void Serial_Usable_IsKept(string serial, string expected) => Assert.Equal(expected, Assert.Single(Read(serial).Records).Serial);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"   \"")]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("\"a\\nb\"")]
    [InlineData("\"a\\u202eb\"")]
    [InlineData("\"a\\u200bb\"")]
    [InlineData("\"a\\u00a0b\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("\"\\ud800\\u0041\"")]
    [InlineData("\"\\ud800x\"")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("1e5")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[\"282C024FFFB2\"]")]
    [InlineData("{\"serial\":\"282C024FFFB2\"}")]
    public void Serial_NotUsable_RejectsTheRecord(string serial)
    {
        var message = Read(serial);

        Assert.Empty(message.Records);
        Assert.Equal((RejectScope.Record, RejectReason.NoSerial), (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason));
    }

    [Fact]
    public void Serial_Missing_RejectsTheRecord() =>
        Assert.Equal(RejectReason.NoSerial, Bodies.ReadReject(Bodies.Of($$"""{"measured_at":"{{Bodies.MeasuredAt}}"}""")).Reason);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(900 * 1024, false)]
    public void Serial_UpTo64Characters_IsKept(int length, bool kept) =>
        Assert.Equal(kept ? 1 : 0, Read($"\"{new string('Ü', length)}\"").Records.Count);

    [Fact]
    public void Serial_64EscapedCharacters_IsKept() =>
        Assert.Equal(new string('A', 64), Read($"\"{string.Concat(Enumerable.Repeat("\\u0041", 64))}\"").Records[0].Serial);

    [Fact]
    public void Serial_65EscapedCharacters_IsNot() =>
        Assert.Empty(Read($"\"{string.Concat(Enumerable.Repeat("\\u0041", 65))}\"").Records);

    [Fact]
    public void Serial_InvalidUtf8_RejectsTheRecord()
    {
        var body = Bodies.Utf8(Record("\"X?\""));
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;

        Assert.Equal(RejectReason.NoSerial, Assert.Single(PayloadReader.Read(body).Rejects).Reason);
    }

    [Fact]
    public void Serial_Of900KB_IsRejectedWithoutCopying()
    {
        var body = Bodies.Utf8(Record($"\"{new string('A', 900 * 1024)}\""));
        PayloadReader.Read(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PayloadReader.Read(body);

        // The lists begin at their largest first size for a body this long; the serial itself would be 1.8 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 900 * 1024);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2", 2)]
    [InlineData("-3", -3)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Handle_Integer_IsListed(string handle, long expected) =>
        Assert.Equal(new ResponseHandle(expected, Bodies.Serial), Assert.Single(ReadHandles(handle)));

    [Theory]
    [InlineData("\"2\"")]
    [InlineData("2.0")]
    [InlineData("2e0")]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[2]")]
    [InlineData("{\"a\":2}")]
    public void Handle_NoInteger_IsLeftOut(string handle) => Assert.Empty(ReadHandles(handle));

    [Fact]
    public void Handle_OfARecordWithoutTime_IsListedWithItsSerial() =>
        Assert.Equal([new(5, "X1")], Bodies.Read(Bodies.Of("""{"response_handle":5,"serial":"X1"}""")).Handles);

    [Fact]
    public void Handle_OfARecordWithoutSerial_IsListedWithout() =>
        Assert.Equal([new(5, null)], Bodies.Read(Bodies.Of("""{"response_handle":5,"serial":""}""")).Handles);

    [Fact]
    public void Handle_Repeated_IsListedEachTime() =>
        Assert.Equal(
            [new(1, "A"), new(1, "B")],
            Bodies.Read("""[{"serial":"A","response_handle":1},{"serial":"B","response_handle":1}]""").Handles);

    private static string Record(string serial) => Bodies.Of($$"""{"serial":{{serial}},"measured_at":"{{Bodies.MeasuredAt}}"}""");

    private static ParsedMessage Read(string serial) => Bodies.Read(Record(serial));

    private static IReadOnlyList<ResponseHandle> ReadHandles(string handle) =>
        Bodies.Read(Bodies.Of(Bodies.Record($"\"response_handle\":{handle}"))).Handles;
}
