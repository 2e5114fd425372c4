using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What gateways are answered (docs/gateway-api.md, "Answers").</summary>
public sealed class AnswerTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;

    [Theory]
    [InlineData(GatewayPaths.Measurements)]
    [InlineData(GatewayPaths.OldMeasurements)]
    public async Task Measurements_WellFormed_AreStoredAndAnswered201(string path)
    {
        var (serial, now) = (Some.Serial(), Some.Now());

        var reply = await _portal.Client.PostAsync(path, Some.Body(Some.Record(serial, now, 21.5, handle: 3)));

        Assert.Equal(201, reply.Status);
        Assert.Equal("""{"Y":[3],"N":[]}""", reply.Body);
        Assert.Equal([$"{now.ToUnixTimeMilliseconds()}|21.5"], _portal.ReadingsOf(serial));
    }

    [Fact]
    public async Task Measurements_Answered201_SayJsonAndTheirLength()
    {
        var reply = await _portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(), handle: 1)));

        Assert.Equal("application/json", reply["Content-Type"]);
        Assert.Equal(reply.Body.Length.ToString(), reply["Content-Length"]);
        Assert.Null(reply["Transfer-Encoding"]);
    }

    [Fact]
    public async Task Heartbeat_WellFormed_IsAnsweredWithAnEmptyObject()
    {
        var reply = await _portal.Client.BeatAsync(Some.Heartbeat(Some.Serial()));

        Assert.Equal((201, "{}"), (reply.Status, reply.Body));
        Assert.Equal("application/json", reply["Content-Type"]);
        Assert.Equal("2", reply["Content-Length"]);
    }

    [Fact]
    public async Task Handle_Zero_IsAnswered()
    {
        Assert.Equal("""{"Y":[0],"N":[]}""", await AnswerToAsync(Some.Record(Some.Serial(), Some.Now(), handle: 0)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"response_handle\":\"5\",")]
    [InlineData("\"response_handle\":5.5,")]
    [InlineData("\"response_handle\":null,")]
    [InlineData("\"response_handle\":[5],")]
    public async Task Handle_MissingOrNoInteger_IsLeftOut(string handle)
    {
        var record = $$"""{"serial":"{{Some.Serial()}}",{{handle}}"measured_at":"{{Some.Time(Some.Now())}}","params":[]}""";

        Assert.Equal("""{"Y":[8],"N":[]}""", await AnswerToAsync(record, Some.Record(Some.Serial(), Some.Now(), handle: 8)));
    }

    [Fact]
    public async Task Handle_OfSeveralRecordsOfOneLogger_IsAnsweredOnce()
    {
        var (serial, now) = (Some.Serial(), Some.Now());

        Assert.Equal(
            """{"Y":[4],"N":[]}""",
            await AnswerToAsync(Some.Record(serial, now, handle: 4), Some.Record(serial, now.AddMinutes(-3), handle: 4)));
    }

    [Fact]
    public async Task Handle_OfLoggerSwitchedOff_IsN()
    {
        var (off, on) = (await SwitchedOffAsync(), Some.Serial());

        Assert.Equal(
            """{"Y":[2],"N":[1]}""",
            await AnswerToAsync(Some.Record(off, Some.Now(), handle: 1), Some.Record(on, Some.Now(), handle: 2)));
    }

    [Fact]
    public async Task Readings_OfLoggerSwitchedOff_AreStoredAllTheSame()
    {
        var (off, time) = (await SwitchedOffAsync(), Some.Now().AddMinutes(-30));

        await AnswerToAsync(Some.Record(off, time, -4.25));

        Assert.Contains($"{time.ToUnixTimeMilliseconds()}|-4.25", _portal.ReadingsOf(off));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handle_SharedByLoggersOnAndOff_IsY(bool offFirst)
    {
        string[] records =
        [
            Some.Record(await SwitchedOffAsync(), Some.Now(), handle: 6), Some.Record(Some.Serial(), Some.Now(), handle: 6)
        ];

        Assert.Equal("""{"Y":[6],"N":[]}""", await AnswerToAsync(offFirst ? records : [.. records.Reverse()]));
    }

    [Fact]
    public async Task Handle_OfRejectedRecordOfLoggerSwitchedOff_IsN()
    {
        var record = $$"""{"serial":"{{await SwitchedOffAsync()}}","response_handle":9,"measured_at":"never","params":[]}""";

        Assert.Equal("""{"Y":[],"N":[9]}""", await AnswerToAsync(record));
    }

    [Theory]
    [InlineData("\"serial\":\"282CFFFFFFFF\",\"measured_at\":\"never\"")]
    [InlineData("\"measured_at\":\"2026-01-01 00:00:00\"")]
    [InlineData("\"serial\":\"282CFFFFFFFE\",\"measured_at\":\"1999-01-01 00:00:00\"")]
    public async Task Handle_OfRejectedRecordOfUnknownLogger_IsY(string fields)
    {
        Assert.Equal("""{"Y":[9],"N":[]}""", await AnswerToAsync($$"""{"response_handle":9,{{fields}},"params":[]}"""));
    }

    [Fact]
    public async Task Handles_OfThousandLoggers_AreEachAnsweredOnce()
    {
        var now = Some.Now();
        var reply = await AnswerToAsync([.. Enumerable.Range(0, 900).Select(i => Some.Record(Some.Serial(), now, handle: i))]);

        using var answer = JsonDocument.Parse(reply);
        Assert.Equal(Enumerable.Range(0, 900), answer.RootElement.GetProperty("Y").EnumerateArray().Select(h => h.GetInt32()).Order());
        Assert.Empty(answer.RootElement.GetProperty("N").EnumerateArray());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"measurements":[{"serial":"282C0""")]
    public async Task Measurements_Unreadable_AreAnswered201(string body)
    {
        var reply = await _portal.Client.MeasureAsync(body);

        Assert.Equal((201, """{"Y":[],"N":[]}"""), (reply.Status, reply.Body));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    public async Task OtherMethod_IsAnswered405(string method)
    {
        foreach (var path in (string[])[GatewayPaths.Measurements, GatewayPaths.OldMeasurements, GatewayPaths.Heartbeat])
        {
            var reply = await _portal.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

            Assert.Equal(405, reply.Status);
            AssertPlain(reply);
        }
    }

    [Fact]
    public async Task EveryAnswer_IsPlain()
    {
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now(), handle: 1));
        List<PortalReply> replies =
        [
            await _portal.Client.MeasureAsync(body),
            await _portal.Client.BeatAsync(Some.Heartbeat(null)),
            await _portal.Client.MeasureAsync("not json"),
            await _portal.Client.PostAsync(GatewayPaths.Measurements, [], request => request.Headers.Remove("X-Api-Token")),
        ];
        await using (var busy = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:MaxBodyBytes"] = "100" } }))
        {
            replies.Add(await busy.Client.MeasureAsync(body));
            await busy.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromMinutes(1), "upgrade");
            replies.Add(await busy.Client.MeasureAsync(body));
        }

        Assert.Equal([201, 201, 201, 401, 413, 503], replies.Select(r => r.Status));
        Assert.All(replies, AssertPlain);
        Assert.All(replies, reply => JsonDocument.Parse(reply.Body).Dispose());
    }

    [Fact]
    public async Task Measurements_PathWithSlashAtTheEnd_IsNotRedirected()
    {
        var reply = await _portal.Client.PostAsync(GatewayPaths.Measurements + "/", Some.Body());

        Assert.NotInRange(reply.Status, 300, 399);
    }

    private async Task<string> AnswerToAsync(params string[] records)
    {
        var reply = await _portal.Client.MeasureAsync(Some.Body(records));
        Assert.Equal(201, reply.Status);
        return reply.Body;
    }

    /// <summary>A known logger that is answered N.</summary>
    private async Task<string> SwitchedOffAsync()
    {
        var serial = Some.Serial();
        await AnswerToAsync(Some.Record(serial, Some.Now()));
        Assert.True(_portal.Get<LoggerDirectory>().TryGet(serial, out var logger));
        await _portal.Get<WriteGate>().WriteAsync(async db => (await db.Loggers.FindAsync(logger.Id))!.Synchronise = false);
        logger.Synchronise = false;
        return serial;
    }

    private static void AssertPlain(PortalReply reply)
    {
        Assert.True(reply.Headers.Count <= 10, $"{reply.Headers.Count} headers with {reply.Status}");
        Assert.NotNull(reply["Content-Length"]);
        Assert.All(
            (string[])["Set-Cookie", "Location", "Transfer-Encoding", "Content-Encoding", "Strict-Transport-Security", "traceparent", "Server"],
            header => Assert.Null(reply[header]));
    }
}
