using System.Text.Json;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

public sealed class ReadingsApiTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);
    private readonly DateTimeOffset _start = Some.Now().AddDays(-2);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    private string Readings => $"/api/v1/loggers/{_serial}/readings";

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Get_Reading_HasEveryField()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, 4.25)));
        var messageId = _portal.Database.Scalar<long>("SELECT max(id) FROM message");

        var reading = Assert.Single(await _portal.AskAllAsync(Readings));

        Assert.Equal(
            $$"""{"measuredAt":"{{Iso(_start)}}","receivedAt":"{{Iso(Received(messageId))}}","channel":1,"type":"temperature","unit":"°C","value":4.25,"status":"VALID","flags":[],"messageId":{{messageId}}}""",
            reading.GetRawText());
    }

    [Fact]
    public async Task Get_OutOfRange_ComesWithItsFlag()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, 4_000.5)));

        var reading = Assert.Single(await _portal.AskAllAsync(Readings));

        Assert.Equal(
            (4_000.5, "outOfRange"),
            (reading.GetProperty("value").GetDouble(), Assert.Single(reading.GetProperty("flags").EnumerateArray()).GetString()));
    }

    [Fact]
    public async Task Get_Contradicted_KeepsTheFirstValueAndSaysSo()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, 4)));
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, 5)));

        var reading = Assert.Single(await _portal.AskAllAsync(Readings));

        Assert.Equal(
            (4, "conflict"),
            (reading.GetProperty("value").GetDouble(), Assert.Single(reading.GetProperty("flags").EnumerateArray()).GetString()));
    }

    [Fact]
    public async Task Get_ErrorCode_IsNoValue()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, 8_388_557)));

        var reading = Assert.Single(await _portal.AskAllAsync(Readings));

        Assert.Equal(JsonValueKind.Null, reading.GetProperty("value").ValueKind);
        Assert.Equal(8_388_557, reading.GetProperty("errorCode").GetInt32());
        Assert.Contains("errorCode", reading.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
    }

    [Fact]
    public async Task Get_NoValue_SaysTheLoggersStatus()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, null, Some.Param(null, "NO_VALUE"))));

        var reading = Assert.Single(await _portal.AskAllAsync(Readings));

        Assert.Equal((JsonValueKind.Null, "NO_VALUE"), (reading.GetProperty("value").ValueKind, reading.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Get_AheadOfTheClock_IsFlagged()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Some.Now().AddHours(2))));

        Assert.Equal(
            "clockAhead",
            Assert.Single(Assert.Single(await _portal.AskAllAsync(Readings)).GetProperty("flags").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Get_SeveralSeries_InMeasuredOrderThenByChannelAndType()
    {
        await _portal.Client.MeasureAsync(Some.Body(
            Some.Record(_serial, _start + Interval, null, Some.Param(3, 2, "humidity"), Some.Param(2, 1)),
            Some.Record(_serial, _start, null, Some.Param(1, 2, "temperature"), Some.Param(0, 2, "humidity"))));

        Assert.Equal([0, 1, 2, 3], Values(await _portal.AskAllAsync(Readings)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Get_PartByPart_GivesEachOnceAlsoAtEqualTimes(int limit)
    {
        await _portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, 8).Select(i =>
            Some.Record(
                _serial, _start + (i * TimeSpan.FromMinutes(25)), null, Some.Param(3 * i), Some.Param((3 * i) + 1, 2),
                Some.Param((3 * i) + 2, 3)))));

        Assert.Equal(Enumerable.Range(0, 24).Select(i => (double)i), Values(await _portal.AskAllAsync($"{Readings}?limit={limit}")));
    }

    [Fact]
    public async Task Get_ReadingsArriveBetweenParts_LosesAndDoublesNone()
    {
        await MeasureAsync(0, 1, 2, 3, 4, 5);
        var (first, next) = await _portal.AskPageAsync($"{Readings}?limit=3");
        await _portal.Client.MeasureAsync(
            Some.Body(Some.Record(_serial, _start - Interval, 99), Some.Record(_serial, _start + (6 * Interval), 6)));

        var (rest, _) = await _portal.AskPageAsync($"{Readings}?after={next}");

        Assert.Equal([0, 1, 2], Values(first));
        Assert.Equal([3, 4, 5, 6], Values(rest));
    }

    [Fact]
    public async Task Get_FromAndTo_TakesFromAndLeavesTo()
    {
        await MeasureAsync(0, 1, 2, 3, 4);

        var some = await _portal.AskAllAsync($"{Readings}?from={Iso(_start + Interval)}&to={Iso(_start + (3 * Interval))}");

        Assert.Equal([1, 2], Values(some));
    }

    [Fact]
    public async Task Get_FromWithOffset_IsThatInstant()
    {
        await MeasureAsync(0, 1);
        var from = (_start + Interval).ToOffset(TimeSpan.FromHours(2)).ToString(
            "yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal([1], Values(await _portal.AskAllAsync($"{Readings}?from={from}")));
        Assert.Equal([1], Values(await _portal.AskAllAsync($"{Readings}?from={Uri.EscapeDataString(from)}")));
    }

    [Fact]
    public async Task Get_Channel_LeavesOthersOut()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, null, Some.Param(1), Some.Param(2, 2))));

        Assert.Equal([2], Values(await _portal.AskAllAsync($"{Readings}?channel=2")));
        Assert.Empty(await _portal.AskAllAsync($"{Readings}?channel=3"));
    }

    [Fact]
    public async Task Get_MoreThanAThousand_ComeAThousandAtATime()
    {
        await MeasureAsync([.. Enumerable.Range(0, 1_001)]);

        var (items, next) = await _portal.AskPageAsync(Readings);

        Assert.Equal(1_000, items.Count);
        Assert.Equal([1_000], Values((await _portal.AskPageAsync($"{Readings}?after={next}")).Items));
    }

    [Fact]
    public async Task Get_UnknownLogger_Is404()
    {
        var reply = await _portal.AskAsync("/api/v1/loggers/282CDEADBEEF/readings");

        Assert.Equal(
            (404, "There is no logger 282CDEADBEEF."), (reply.Status, JsonElement.Parse(reply.Body).GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Get_SerialInLowerCase_IsTheSameLogger()
    {
        await MeasureAsync(7);

        Assert.Equal([7], Values(await _portal.AskAllAsync($"/api/v1/loggers/{_serial.ToLowerInvariant()}/readings")));
    }

    [Fact]
    public async Task Get_SerialWithOddCharacters_IsFound()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record("Hall 2/a%b", _start, 7)));

        Assert.Equal([7], Values(await _portal.AskAllAsync($"/api/v1/loggers/{Uri.EscapeDataString("Hall 2/a%b")}/readings")));
    }

    [Fact]
    public async Task Get_HeldLogger_ComesBySerial()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:UnknownLoggers"] = "Hold" } });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, 4)));

        Assert.Single(await portal.AskAllAsync(Readings));
    }

    [Fact]
    public async Task Get_WrongFormat_NamesTheChoicesOnce()
    {
        var reply = await _portal.AskAsync($"{Readings}?format=xml");

        Assert.Equal("format must be one of: json, csv.", JsonElement.Parse(reply.Body).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("q/w", "q%2Fw")]
    [InlineData("q%2Fw", "q%252Fw")]
    [InlineData("q%252Fw", "q%25252Fw")]
    [InlineData("q w+ü", "q%20w+%C3%BC")]
    [InlineData("282C0000AB01", "28:2c:00:00:ab:01")]
    public async Task Get_SerialAsItIsWritten_IsThatLogger(string serial, string written)
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(serial, _start, 4)));

        Assert.Equal(200, (await _portal.AskAsync($"/api/v1/loggers/{written}/readings")).Status);
        Assert.Equal(404, (await _portal.AskAsync($"/api/v1/loggers/{written}x/readings")).Status);
    }

    [Theory]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("channel=0", "channel")]
    [InlineData("channel=256", "channel")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01", "to")]
    [InlineData("from=2026-03-02&to=2026-03-01", "to")]
    [InlineData("after=!", "after")]
    [InlineData("after=bm90IGEgY3Vyc29y", "after")]
    [InlineData("format=xml", "format")]
    public async Task Get_WrongParameter_Is400ThatNamesIt(string query, string parameter)
    {
        await MeasureAsync(1);

        var reply = await _portal.AskAsync($"{Readings}?{query}");

        Assert.Equal((400, parameter), (reply.Status, JsonElement.Parse(reply.Body).GetProperty("parameter").GetString()));
    }

    [Theory]
    [InlineData("", "text/csv", true)]
    [InlineData("", "text/csv, */*", true)]
    [InlineData("", "application/json, text/csv;q=0.5", false)]
    [InlineData("", "text/html, */*;q=0.8", false)]
    [InlineData("?format=csv", "application/json", true)]
    [InlineData("?format=json", "text/csv", false)]
    public async Task Get_FormatOrAccept_ChoosesTheForm(string query, string accept, bool isCsv)
    {
        await MeasureAsync(1);

        var reply = await _portal.AskAsync(Readings + query, accept: accept);

        Assert.Equal(isCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8", reply["Content-Type"]);
    }

    [Fact]
    public async Task Get_Csv_IsATableWithAHeader()
    {
        await _portal.Client.MeasureAsync(
            Some.Body(Some.Record(_serial, _start, null, Some.Param(4.5), Some.Param(8_388_557, 2, """a \"b\", c"""))));
        var messageId = _portal.Database.Scalar<long>("SELECT max(id) FROM message");
        var times = $"{Iso(_start)},{Iso(Received(messageId))}";

        var reply = await _portal.AskAsync($"{Readings}?format=csv");

        Assert.Equal(
            $"measuredAt,receivedAt,channel,type,unit,value,errorCode,status,flags,messageId\r\n" +
            $"{times},1,temperature,°C,4.5,,VALID,,{messageId}\r\n" +
            $"{times},2,\"a \"\"b\"\", c\",,,8388557,VALID,errorCode,{messageId}\r\n",
            reply.Body);
    }

    [Fact]
    public async Task Get_CsvPartByPart_FollowsTheLink()
    {
        await MeasureAsync(0, 1, 2);

        var first = await _portal.AskAsync($"{Readings}?format=csv&limit=2");
        var link = first["Link"]!;
        var second = await _portal.AskAsync(link[1..link.IndexOf('>')]);

        Assert.Equal($"<{Readings}?format=csv&limit=2&after={first["X-Next-Cursor"]}>; rel=\"next\"", link);
        Assert.Contains(",2,,VALID,", second.Body);
        Assert.Equal(
            (2, 3),
            (
                second.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length,
                first.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Null(second["Link"]);
    }

    [Fact]
    public async Task Get_ValueSupersededByNothing_KeepsTheFirst()
    {
        await MeasureAsync(4);
        await MeasureAsync(5);

        Assert.Equal([4], Values(await _portal.AskAllAsync(Readings)));
    }

    private static IEnumerable<double> Values(IEnumerable<JsonElement> readings) =>
        readings.Select(r => r.GetProperty("value").GetDouble());

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Received(long messageId) => new Efento.Portal.Measurements.ReceiptTimes().ReceivedAtUtc(messageId);

    /// <summary>Values an interval apart in one message.</summary>
    private Task MeasureAsync(params int[] values) =>
        _portal.Client.MeasureAsync(Some.Body(values.Select((value, i) => Some.Record(_serial, _start + (i * Interval), value))));
}
