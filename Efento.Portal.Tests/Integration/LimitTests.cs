using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>A sender that invents series, loggers and gateways fills neither the database nor the pages.</summary>
public sealed class LimitTests
{
    private readonly SleepingClock _time = new(Some.Now());

    [Fact]
    public async Task Series_BeyondTheLimit_AreSetAsideAndTheOthersStored()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxSeriesPerLogger", 3);
        var (serial, now) = (Some.Serial(), Some.Now(_time));
        var record = Some.Record(serial, now, handle: 1, [.. Enumerable.Range(1, 4).Select(c => Some.Param(c, c))]);

        var reply = await portal.Client.MeasureAsync(Some.Body(record));

        Assert.Equal((201, """{"Y":[1],"N":[]}"""), (reply.Status, reply.Body));
        Assert.Equal(3, portal.ReadingsOf(serial).Count);
        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((RejectReason.TooManySeries, record), (part.Reason, part.Text));
    }

    [Fact]
    public async Task Series_KnownOnesAtTheLimit_AreStored()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxSeriesPerLogger", 1);
        var (serial, now) = (Some.Serial(), Some.Now(_time));

        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now.AddMinutes(-3))));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now)));

        Assert.Equal(2, portal.ReadingsOf(serial).Count);
    }

    [Fact]
    public async Task Series_ByDefault_Are32()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serial = Some.Serial();

        await portal.Client.MeasureAsync(
            Some.Body(Some.Record(serial, Some.Now(), null, [.. Enumerable.Range(1, 40).Select(c => Some.Param(c, c))])));

        Assert.Equal(32, portal.ReadingsOf(serial).Count);
    }

    [Fact]
    public async Task NewLoggers_BeyondTheDaysLimit_AreSetAsideAndAnsweredY()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxNewLoggersPerTokenPerDay", 2);

        var reply = await SendNewAsync(portal, 3);

        Assert.Equal("""{"Y":[0,1,2],"N":[]}""", reply.Body);
        Assert.Equal(2, portal.Database.Count("logger"));
        Assert.Equal(RejectReason.TooManyNewLoggers, Assert.Single(portal.Quarantined()).Reason);
    }

    [Fact]
    public async Task NewLoggers_OfAnotherToken_HaveTheirOwnLimit()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxNewLoggersPerTokenPerDay", 1);
        await SendNewAsync(portal, 2);
        using var other = new PortalClient(portal.Address, await portal.Get<TokenIssuer>().IssueGatewayTokenAsync("other"));

        await other.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(_time))));

        Assert.Equal(2, portal.Database.Count("logger"));
    }

    [Fact]
    public async Task NewLoggers_TheNextDay_AreTakenAgain()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxNewLoggersPerTokenPerDay", 1);
        await SendNewAsync(portal, 2);

        _time.Sleep(TimeSpan.FromDays(1));
        await SendNewAsync(portal, 1);

        Assert.Equal(2, portal.Database.Count("logger"));
    }

    [Fact]
    public async Task NewLoggers_AfterARestart_StillCount()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxNewLoggersPerTokenPerDay", 1);
        await SendNewAsync(portal, 1);
        await portal.RestartAsync();
        await SendNewAsync(portal, 1);

        Assert.Equal(1, portal.Database.Count("logger"));
    }

    [Fact]
    public async Task NewGateways_BeyondTheDaysLimit_AreAnswered201AndSetAside()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxNewGatewaysPerTokenPerDay", 2);

        var replies = await BeatAsync(portal, "282C0A000001", "282C0A000002", "282C0A000003");

        Assert.Equal([201, 201, 201], replies);
        Assert.Equal(["282C0A000001", "282C0A000002"], portal.Database.Lines("SELECT serial FROM gateway ORDER BY id"));
        Assert.Equal(3, portal.Database.Count("message"));
        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((RejectReason.TooManyNewGateways, Some.Heartbeat("282C0A000003")), (part.Reason, part.Text));
    }

    [Fact]
    public async Task NewGateways_NamedByAHeaderBeyondTheLimit_LeaveTheirReadingsToTheToken()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxNewGatewaysPerTokenPerDay", 1);
        foreach (var gateway in (string[])["282C0A000001", "282C0A000002"])
        {
            var body = Encoding.UTF8.GetBytes(Some.Body(Some.Record(Some.Serial(), Some.Now(_time))));
            var reply = await portal.Client.PostAsync(
                GatewayPaths.Measurements, body, request => request.Headers.Add("X-Gateway-Serial", gateway));
            Assert.Equal(201, reply.Status);
        }

        Assert.Equal(2, portal.Database.Count("reading"));
        Assert.Equal(["1", ""], portal.Database.Lines("SELECT gateway_id FROM message ORDER BY id"));
        Assert.Equal(1, portal.Database.Count("gateway"));
    }

    [Fact]
    public async Task NewGateways_KnownOnesAtTheLimit_AreHeard()
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxNewGatewaysPerTokenPerDay", 1);

        await BeatAsync(portal, "282C0A000001", "282C0A000002", "282C0A000001");

        Assert.Equal(2, portal.Database.Count("heartbeat"));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public async Task NewGateways_AfterARestart_StillCountUntilTheNextDay(int days, int gateways)
    {
        await using var portal = await StartAsync("Portal:Ingest:MaxNewGatewaysPerTokenPerDay", 1);
        await BeatAsync(portal, "282C0A000001");
        _time.Sleep(TimeSpan.FromDays(days));
        await portal.RestartAsync();

        await BeatAsync(portal, "282C0A000002");

        Assert.Equal(gateways, portal.Database.Count("gateway"));
    }

    private static async Task<List<int>> BeatAsync(PortalUnderTest portal, params string[] gateways)
    {
        List<int> replies = [];
        foreach (var serial in gateways)
        {
            replies.Add((await portal.Client.BeatAsync(Some.Heartbeat(serial))).Status);
        }

        return replies;
    }

    private Task<PortalUnderTest> StartAsync(string setting, int value) =>
        PortalUnderTest.StartAsync(new() { Time = _time, Settings = { [setting] = $"{value}" } });

    private Task<PortalReply> SendNewAsync(PortalUnderTest portal, int loggers) =>
        portal.Client.MeasureAsync(
            Some.Body(Enumerable.Range(0, loggers).Select(i => Some.Record(Some.Serial(), Some.Now(_time), handle: i))));
}
