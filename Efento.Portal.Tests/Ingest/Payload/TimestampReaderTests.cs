using System.Globalization;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>Every way a time may be written.</summary>
public sealed class TimestampReaderTests
{
    [Theory]
    [InlineData("2018-10-12 15:28:21")]
    [InlineData("2018-10-12 15:28:21 UTC")]
    [InlineData("2018-10-12 15:28:21 utc")]
    [InlineData("2018-10-12 15:28:21UTC")]
    [InlineData("2018-10-12T15:28:21")]
    [InlineData("2018-10-12T15:28:21Z")]
    [InlineData("2018-10-12t15:28:21z")]
    [InlineData("2018-10-12T17:28:21+02:00")]
    [InlineData("2018-10-12T17:28:21+0200")]
    [InlineData("2018-10-12T17:28:21+02")]
    [InlineData("2018-10-12 17:28:21 +02:00")]
    [InlineData("2018-10-12T09:58:21-05:30")]
    [InlineData("2018-10-12T15:28:21.000Z")]
    [InlineData("2018-10-12T15:28:21.000999999999999999+00:00")]
    [InlineData(" 2018-10-12 15:28:21 ")]
    [InlineData("2018-10-12\\u002015:28:21")]
    [InlineData("1539358101")]
    [InlineData(" 1539358101 ")]
    [InlineData("1539358101000")]
    [InlineData("1539358101.0")]
    public void MeasuredAt_AnyForm_IsTheSameInstant(string text) =>
        Assert.Equal(Bodies.MeasuredAtMs, ReadMs($"\"{text}\""));

    [Theory]
    [InlineData("1539358101")]
    [InlineData("1539358101000")]
    [InlineData("1539358101.0")]
    [InlineData("1.539358101e9")]
    public void MeasuredAt_UnixNumber_IsTheSameInstant(string number) => Assert.Equal(Bodies.MeasuredAtMs, ReadMs(number));

    [Theory]
    [InlineData("\"2018-10-12 15:28:21.5\"", 500)]
    [InlineData("\"2018-10-12T15:28:21.123456Z\"", 123)]
    [InlineData("\"2018-10-12T15:28:21,25Z\"", 250)]
    [InlineData("1539358101.123", 123)]
    [InlineData("1539358101123", 123)]
    [InlineData("\"1539358101123\"", 123)]
    public void MeasuredAt_Fractions_AreKeptToTheMillisecond(string time, int ms) =>
        Assert.Equal(Bodies.MeasuredAtMs + ms, ReadMs(time));

    [Fact]
    public void MeasuredAt_WithoutSeconds_IsTheFullMinute() =>
        Assert.Equal(Bodies.MeasuredAtMs - 21_000, ReadMs("\"2018-10-12T15:28Z\""));

    [Theory]
    [InlineData("\"0001-01-01 00:00:00\"", "0001-01-01T00:00:00Z")]
    [InlineData("\"9999-12-31 23:59:59.999\"", "9999-12-31T23:59:59.999Z")]
    [InlineData("\"2016-02-29 12:00:00\"", "2016-02-29T12:00:00Z")]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("-1", "1969-12-31T23:59:59Z")]
    [InlineData("99999999999", "5138-11-16T09:46:39Z")]
    [InlineData("100000000000", "1973-03-03T09:46:40Z")]
    [InlineData("253402300799999", "9999-12-31T23:59:59.999Z")]
    public void MeasuredAt_AtItsBounds_IsRead(string time, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), ReadMs(time));

    [Theory]
    [InlineData("\"0000-01-01 00:00:00\"")]
    [InlineData("\"99999-01-01 00:00:00\"")]
    [InlineData("\"0001-01-01T00:00:00+01:00\"")]
    [InlineData("\"9999-12-31T23:59:59-01:00\"")]
    [InlineData("253402300800000")]
    [InlineData("-62135596800001")]
    [InlineData("1e400")]
    [InlineData("-1e300")]
    [InlineData("9223372036854775807")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"2018-13-12 15:28:21\"")]
    [InlineData("\"2018-00-12 15:28:21\"")]
    [InlineData("\"2018-10-32 15:28:21\"")]
    [InlineData("\"2018-10-00 15:28:21\"")]
    [InlineData("\"2017-02-29 15:28:21\"")]
    [InlineData("\"2018-10-12 24:28:21\"")]
    [InlineData("\"2018-10-12 15:60:21\"")]
    [InlineData("\"2018-10-12 15:28:60\"")]
    [InlineData("\"2018-10-12 15:28:2\"")]
    [InlineData("\"2018-10-12 15:28:\"")]
    [InlineData("\"2018-10-12 15:28:21.\"")]
    [InlineData("\"2018-10-12 15:28:21.Z\"")]
    [InlineData("\"2018-10-12 15:28:21 CET\"")]
    [InlineData("\"2018-10-12 15:28:21+24:00\"")]
    [InlineData("\"2018-10-12 15:28:21+02:60\"")]
    [InlineData("\"2018-10-12 15:28:21+2\"")]
    [InlineData("\"2018-10-12 15:28:21+02-00\"")]
    [InlineData("\"2018-10-12 15:28:21+ab:cd\"")]
    [InlineData("\"2018-10-12\"")]
    [InlineData("\"2018/10/12 15:28:21\"")]
    [InlineData("\"12-10-2018 15:28:21\"")]
    [InlineData("\"2O18-10-12 15:28:21\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1539358101]")]
    [InlineData("{\"at\":1539358101}")]
    public void MeasuredAt_NoTime_RejectsTheRecordAlone(string time)
    {
        var message = Bodies.Read(Bodies.Of(Record(time), Bodies.Record("\"signal\":1")));

        Assert.Equal((RejectScope.Record, RejectReason.NoTime), (Assert.Single(message.Rejects).Scope, message.Rejects[0].Reason));
        Assert.Single(message.Records);
    }

    private static string Record(string time) => $$"""{"serial":"X1","measured_at":{{time}}}""";

    private static long ReadMs(string time) => Assert.Single(Bodies.Read(Bodies.Of(Record(time))).Records).MeasuredAtMs;
}
