using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>Which gateway sent what, and what its heartbeats tell.</summary>
public sealed class GatewayTests
{
    private const string First = "282C03000001";
    private const string Second = "282C03000002";
    private readonly FakeTimeProvider _time = new(Some.Start);

    [Fact]
    public async Task Heartbeat_OfNewGateway_CreatesItWithWhatItTells()
    {
        await using var portal = await StartAsync();

        await portal.Client.BeatAsync(Some.Heartbeat(First, 7200, "5.10.2", 12, "UNPLUGGED"));

        Assert.Equal(
            [First, "5.10.2", 7200L, 12L, "UNPLUGGED", 100.0, "127.0.0.1", Now, Now, null],
            portal.Database.Row(
                "SELECT serial, software_version, uptime_seconds, logger_count, power, battery_percent, address, first_seen_utc, last_heartbeat_utc, restarted_utc FROM gateway"));
    }

    [Fact]
    public async Task Heartbeat_OfKnownGateway_UpdatesItAndAddsToItsHistory()
    {
        await using var portal = await StartAsync();
        var beats = new[] { Some.Heartbeat(First, 100, "5.10.2", 2, "CHARGING"), Some.Heartbeat(First, 1000, "5.11.0", 3) };
        foreach (var beat in beats)
        {
            await portal.Client.BeatAsync(beat);
            _time.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(
            "5.11.0|1000|3|FULLY_CHARGED",
            Assert.Single(portal.Database.Lines("SELECT software_version, uptime_seconds, logger_count, power FROM gateway")));
        Assert.Equal(
            ["100|CHARGING|2|5.10.2", "1000|FULLY_CHARGED|3|5.11.0"],
            portal.Database.Lines("SELECT uptime_seconds, power, logger_count, software_version FROM heartbeat ORDER BY message_id"));
        Assert.Equal(beats, portal.Database.Lines("SELECT json FROM heartbeat ORDER BY message_id"));
    }

    [Fact]
    public async Task Heartbeat_TellingLess_ForgetsNothing()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First, 7200, power: "CHARGING"));
        await portal.Client.BeatAsync($$"""{"serial":"{{First}}"}""");

        Assert.Equal(
            "5.10.2|7200|CHARGING", Assert.Single(portal.Database.Lines("SELECT software_version, uptime_seconds, power FROM gateway")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":"fine"}""")]
    public async Task Heartbeat_WithoutSerial_BelongsToItsTokensGateway(string beat)
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(beat);
        await portal.Client.BeatAsync(beat);

        Assert.Equal(
            "|2",
            Assert.Single(
                portal.Database.Lines("SELECT g.serial, count(*) FROM heartbeat h JOIN gateway g ON g.id = h.gateway_id GROUP BY g.id")));
    }

    [Fact]
    public async Task Heartbeat_WithSerialAfterSomeWithout_NamesTheSameGateway()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync("{}");
        await portal.Client.BeatAsync(Some.Heartbeat(First));
        await portal.Client.BeatAsync("{}");

        Assert.Equal(
            $"{First}|3",
            Assert.Single(
                portal.Database.Lines("SELECT g.serial, count(*) FROM heartbeat h JOIN gateway g ON g.id = h.gateway_id GROUP BY g.id")));
    }

    [Fact]
    public async Task Measurements_BeforeAnyHeartbeat_MakeTheTokensGateway()
    {
        await using var portal = await StartAsync();
        await MeasureAsync(portal);
        await portal.Client.BeatAsync(Some.Heartbeat(First));
        await MeasureAsync(portal);

        Assert.Equal([$"{First}|3"], MessagesByGateway(portal));
    }

    [Fact]
    public async Task Serials_TwoUnderOneToken_AreTwoGateways()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First));
        await portal.Client.BeatAsync(Some.Heartbeat(Second));

        Assert.Equal([$"{First}|1", $"{Second}|1"], portal.Database.Lines("SELECT serial, token_id FROM gateway ORDER BY serial"));
        Assert.Equal(2, portal.Get<GatewayDirectory>().OfToken(1).Count);
    }

    [Fact]
    public async Task Measurements_OfTokenSharedByTwo_BelongToTheTokenAlone()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First));
        await portal.Client.BeatAsync(Some.Heartbeat(Second));

        await MeasureAsync(portal);

        Assert.Equal(["|1", $"{First}|1", $"{Second}|1"], MessagesByGateway(portal));
        Assert.Equal(1, portal.Database.Scalar<long>("SELECT token_id FROM message WHERE gateway_id IS NULL"));
    }

    [Fact]
    public async Task Measurements_OfSharedTokenWithHeader_BelongToTheGatewayItTells()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First));
        await portal.Client.BeatAsync(Some.Heartbeat(Second));

        await MeasureAsync(portal, headers: ("X-Gateway-Serial", Second.ToLowerInvariant()));

        Assert.Equal([$"{First}|1", $"{Second}|2"], MessagesByGateway(portal));
    }

    [Fact]
    public async Task Header_WithAnotherName_IsASetting()
    {
        await using var portal = await StartAsync(("Portal:Ingest:GatewaySerialHeader", "X-Site"));

        await MeasureAsync(portal, headers: ("X-Site", "STORE-7"));

        Assert.Equal(["STORE-7|1"], MessagesByGateway(portal));
    }

    [Fact]
    public async Task Path_WithGateway_TellsWhichItIs()
    {
        await using var portal = await StartAsync(
            ("Portal:Ingest:MeasurementPaths:0", "/site/{gateway}/m"), ("Portal:Ingest:HeartbeatPaths:0", "/site/{gateway}/h"));

        await MeasureAsync(portal, "/site/282c03000001/m");
        await portal.Client.PostAsync($"/site/{First}/h", "{}");
        await MeasureAsync(portal, $"/site/{Second}/m");

        Assert.Equal([$"{First}|2", $"{Second}|1"], MessagesByGateway(portal));
    }

    [Fact]
    public async Task Path_OwnOne_TakesMeasurementsAndHeartbeats()
    {
        await using var portal = await StartAsync(
            ("Portal:Ingest:MeasurementPaths:0", "/in"), ("Portal:Ingest:MeasurementPaths:1", "/a.b-c_d~e/f"),
            ("Portal:Ingest:HeartbeatPaths:0", "/alive"));
        var serial = Some.Serial();

        await portal.Client.PostAsync("/in", Some.Body(Some.Record(serial, Some.Start, handle: 1)));
        var second = await portal.Client.PostAsync("/a.b-c_d~e/f", Some.Body(Some.Record(serial, Some.Start.AddMinutes(-3), handle: 1)));
        var alive = await portal.Client.PostAsync("/alive", Some.Heartbeat(First));

        Assert.Equal((201, """{"Y":[1],"N":[]}"""), (second.Status, second.Body));
        Assert.Equal((201, "{}"), (alive.Status, alive.Body));
        Assert.Equal(2, portal.ReadingsOf(serial).Count);
        Assert.Equal(["/a.b-c_d~e/f", "/alive", "/in"], portal.Database.Lines("SELECT route FROM message ORDER BY route"));
    }

    [Fact]
    public async Task Tokens_OnePerGateway_TellThemApart()
    {
        await using var portal = await StartAsync();
        using var other = new PortalClient(portal.Address, await portal.Get<TokenIssuer>().IssueGatewayTokenAsync("second"));
        await portal.Client.BeatAsync(Some.Heartbeat(First));
        await other.BeatAsync(Some.Heartbeat(Second));

        await portal.Client.MeasureAsync(Some.Body());
        await other.MeasureAsync(Some.Body());
        await other.MeasureAsync(Some.Body());

        Assert.Equal([$"{First}|2", $"{Second}|3"], MessagesByGateway(portal));
    }

    [Fact]
    public async Task Token_Rotated_TheGatewayStaysTheSame()
    {
        await using var portal = await StartAsync();
        using var rotated = new PortalClient(portal.Address, await portal.Get<TokenIssuer>().IssueGatewayTokenAsync("new"));
        await portal.Client.BeatAsync(Some.Heartbeat(First));

        await rotated.BeatAsync(Some.Heartbeat(First));
        await rotated.MeasureAsync(Some.Body());

        Assert.Equal([$"{First}|3"], MessagesByGateway(portal));
        Assert.Equal(2, portal.Database.Scalar<long>("SELECT token_id FROM gateway"));
    }

    [Fact]
    public async Task Uptime_GoingDown_IsARestart()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First, 5000));
        _time.Advance(TimeSpan.FromMinutes(15));
        await portal.Client.BeatAsync(Some.Heartbeat(First, 5900));
        Assert.Null(portal.Database.Row("SELECT restarted_utc FROM gateway")[0]);

        _time.Advance(TimeSpan.FromMinutes(15));
        await portal.Client.BeatAsync(Some.Heartbeat(First, 60));

        Assert.Equal(Now, portal.Database.Scalar<long>("SELECT restarted_utc FROM gateway"));
    }

    [Theory]
    [InlineData(5899)]
    [InlineData(5000)]
    [InlineData(961)]
    public async Task Uptime_LessButLongerThanSinceTheLastHeartbeat_IsNoRestart(int seconds)
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First, 5900));
        _time.Advance(TimeSpan.FromMinutes(15));
        await portal.Client.BeatAsync(Some.Heartbeat(First, seconds));

        Assert.Null(portal.Database.Row("SELECT restarted_utc FROM gateway")[0]);
    }

    [Fact]
    public async Task Uptime_GoingDownWhileThePortalWasDown_IsARestart()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First, 5000));
        await portal.RestartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First, 60));

        Assert.Equal(Now, portal.Database.Scalar<long>("SELECT restarted_utc FROM gateway"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HeartbeatInterval_IsTheObservedOne(bool restarted)
    {
        await using var portal = await StartAsync();
        foreach (var minutes in (int[])[0, 15, 15, 60, 15, 15])
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            if (restarted && minutes == 60)
            {
                await portal.RestartAsync();
            }

            await portal.Client.BeatAsync(Some.Heartbeat(First));
        }

        Assert.Equal(900, portal.Database.Scalar<long>("SELECT heartbeat_interval_seconds FROM gateway"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HeartbeatInterval_HeartbeatsHeldBackComeTogether_AreNoRhythm(bool restarted)
    {
        await using var portal = await StartAsync();
        await BeatAsync(portal, times: 4, apart: TimeSpan.FromMinutes(15));

        // More than are remembered, one a second: the gateway sends what it kept while nobody answered.
        await BeatAsync(portal, times: 2 * GatewayEntry.RememberedHeartbeats, apart: TimeSpan.FromSeconds(1));
        if (restarted)
        {
            await portal.RestartAsync();
        }

        await BeatAsync(portal, times: 3, apart: TimeSpan.FromMinutes(15));

        Assert.Equal(900, portal.Database.Scalar<long>("SELECT heartbeat_interval_seconds FROM gateway"));
    }

    [Fact]
    public async Task HeartbeatInterval_OnlyHeartbeatsThatCameTogether_IsNotKnown()
    {
        await using var portal = await StartAsync();

        await BeatAsync(portal, times: 5, apart: TimeSpan.FromSeconds(10));

        Assert.Null(portal.Database.Row("SELECT heartbeat_interval_seconds FROM gateway")[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Measurements_ProveAGatewayAlive(bool restarted)
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(First));
        _time.Advance(TimeSpan.FromMinutes(40));
        await MeasureAsync(portal);
        if (restarted)
        {
            await portal.RestartAsync();
        }

        var gateway = Assert.Single(portal.Get<GatewayDirectory>().All);
        Assert.Equal(Now, new ReceiptTimes().ReceivedMs(gateway.LastMessageId));
    }

    [Fact]
    public async Task Logger_AfterARestart_IsKnownToBeHeardThroughItsGateway()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await MeasureAsync(portal, headers: ("X-Gateway-Serial", First), body: Some.Body(Some.Record(Some.Serial(), Some.Now(_time))));
        await MeasureAsync(portal, headers: ("X-Gateway-Serial", Second), body: Some.Body(Some.Record(serial, Some.Now(_time))));

        await portal.RestartAsync();

        Assert.Equal(Second, GatewayOf(portal, serial));
    }

    [Fact]
    public async Task Logger_HeardAgainThroughAnotherGateway_IsKnownToBeHeardThere()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await MeasureAsync(portal, headers: ("X-Gateway-Serial", First), body: Some.Body(Some.Record(serial, Some.Now(_time))));

        // The same reading once more, through the other one: a repeat, but it tells who hears the logger.
        await MeasureAsync(portal, headers: ("X-Gateway-Serial", Second), body: Some.Body(Some.Record(serial, Some.Now(_time))));

        Assert.Equal(Second, GatewayOf(portal, serial));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<PortalUnderTest> StartAsync(params (string Key, string Value)[] settings) =>
        PortalUnderTest.StartAsync(new() { Time = _time, Settings = settings.ToDictionary(s => s.Key, s => s.Value) });

    private async Task BeatAsync(PortalUnderTest portal, int times, TimeSpan apart)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(apart);
            Assert.Equal(201, (await portal.Client.BeatAsync(Some.Heartbeat(First))).Status);
        }
    }

    private static async Task MeasureAsync(
        PortalUnderTest portal, string path = GatewayPaths.Measurements, (string Name, string Value)? headers = null, string? body = null)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body ?? Some.Body(Some.Record(Some.Serial(), Some.Start)));
        var reply = await portal.Client.PostAsync(path, bytes, request =>
        {
            if (headers is var (name, value))
            {
                request.Headers.Add(name, value);
            }
        });
        Assert.Equal(201, reply.Status);
    }

    private static string? GatewayOf(PortalUnderTest portal, string serial)
    {
        Assert.True(portal.Get<LoggerDirectory>().TryGet(serial, out var logger));
        return portal.Get<GatewayDirectory>().Find(logger.Contact?.GatewayId ?? 0)?.Serial;
    }

    private static IReadOnlyList<string> MessagesByGateway(PortalUnderTest portal) =>
        portal.Database.Lines(
            "SELECT g.serial, count(*) FROM message m LEFT JOIN gateway g ON g.id = m.gateway_id GROUP BY g.id ORDER BY g.serial");
}
