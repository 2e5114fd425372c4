using Efento.Portal.Access;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What can't be used is kept aside, raw, once, within its quotas; and answered 201.</summary>
public sealed class QuarantineTests
{
    [Theory]
    [InlineData("", RejectReason.EmptyBody)]
    [InlineData("not json", RejectReason.NotJson)]
    [InlineData("""{"measurements":[{"serial":"282C0""", RejectReason.NotJson)]
    [InlineData("""{"sensors":[]}""", RejectReason.NotMeasurements)]
    [InlineData("5", RejectReason.NotMeasurements)]
    public async Task Body_Unreadable_IsKeptWholeWithItsReason(string body, RejectReason reason)
    {
        await using var portal = await PortalUnderTest.StartAsync();

        Assert.Equal(201, (await portal.Client.MeasureAsync(body)).Status);

        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((reason, RejectScope.Body, body, 1), (part.Reason, part.Scope, part.Text, part.Count));
        Assert.Equal("0|1|201", Assert.Single(portal.Database.Lines("SELECT records, quarantined_parts, answer FROM message")));
    }

    [Fact]
    public async Task Heartbeat_Unreadable_IsKeptWhole()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var reply = await portal.Client.BeatAsync("serial=1");

        Assert.Equal((201, "{}"), (reply.Status, reply.Body));
        Assert.Equal("serial=1", Assert.Single(portal.Quarantined()).Text);
    }

    [Theory]
    [InlineData("""{"serial":"282C00000001","params":[]}""", RejectReason.NoTime)]
    [InlineData("""{"serial":"282C00000001","measured_at":"yesterday","params":[]}""", RejectReason.NoTime)]
    [InlineData("""{"measured_at":"2026-01-02 00:00:00","params":[]}""", RejectReason.NoSerial)]
    [InlineData("""{"serial":"","measured_at":"2026-01-02 00:00:00","params":[]}""", RejectReason.NoSerial)]
    [InlineData("""["no record"]""", RejectReason.NotARecord)]
    public async Task Record_Bad_LosesItselfAlone(string bad, RejectReason reason)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var (before, after) = (Some.Serial(), Some.Serial());

        await portal.Client.MeasureAsync(Some.Body(Some.Record(before, Some.Now()), bad, Some.Record(after, Some.Now())));

        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((reason, RejectScope.Record, bad), (part.Reason, part.Scope, part.Text));
        Assert.Single(portal.ReadingsOf(before));
        Assert.Single(portal.ReadingsOf(after));
    }

    [Theory]
    [InlineData("""{"channel":0,"type":"temperature","value":1}""", RejectReason.BadChannel)]
    [InlineData("""{"channel":256,"type":"temperature","value":1}""", RejectReason.BadChannel)]
    [InlineData("""{"channel":2,"type":"temperature","value":1e400}""", RejectReason.BadValue)]
    [InlineData("""{"channel":2,"type":"temperature","value":"ajar"}""", RejectReason.BadValue)]
    [InlineData("""{"channel":2,"type":"a name of more than sixty-four characters, which no measurement type has","value":1}""", RejectReason.BadType)]
    public async Task Param_Bad_LosesItselfAloneAndIsKeptWithItsRecord(string bad, RejectReason reason)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serial = Some.Serial();
        var record = Some.Record(serial, Some.Now(), null, Some.Param(1), bad, Some.Param(3, 3));

        await portal.Client.MeasureAsync(Some.Body(record));

        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((reason, RejectScope.Param, record), (part.Reason, part.Scope, part.Text));
        Assert.Equal(2, portal.ReadingsOf(serial).Count);
    }

    [Fact]
    public async Task Thing_SentAgain_IsKeptOnceAndCounted()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        const string Bad = """{"serial":"282C00000001","measured_at":"never","params":[]}""";

        await portal.Client.MeasureAsync(Some.Body(Bad));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now()), Bad));
        await portal.Client.MeasureAsync("rubbish");
        await portal.Client.MeasureAsync("rubbish");

        Assert.Equal([(Bad, 2L), ("rubbish", 2L)], portal.Quarantined().Select(q => (q.Text, q.Count)));
    }

    [Fact]
    public async Task Parts_Hundreds_AreKeptAsTheWholeMessageOnce()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var body = Some.Body(Enumerable.Range(0, 500).Select(i => $$"""{"serial":"282C{{i:X8}}","params":[]}"""));

        Assert.Equal(201, (await portal.Client.MeasureAsync(body)).Status);

        Assert.Equal(body, Assert.Single(portal.Quarantined()).Text);
        Assert.Equal(500, portal.Database.Scalar<long>("SELECT quarantined_parts FROM message"));
    }

    [Fact]
    public async Task Records_ThousandFromAClockThatWasReset_AreNotKeptOneByOne()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var reset = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var reply = await portal.Client.MeasureAsync(
            Some.Body(
                Enumerable.Range(0, 1_000)
                    .Select(i => Some.Record("282C00000001", reset.AddMinutes(i)))
                    .Append(Some.Record("282C00000002", Some.Now()))));

        Assert.Equal(201, reply.Status);
        Assert.InRange(portal.Database.Count("quarantine_item"), 1, 101);
        Assert.Contains(portal.Quarantined(), q => q.Scope == RejectScope.Body);
        Assert.Single(portal.ReadingsOf("282C00000002"));
    }

    [Fact]
    public async Task Quota_Reached_OnlyMessagesWithSomethingToSetAsideGet503()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:QuarantineBytes"] = "300" } });
        Assert.Equal(201, (await portal.Client.MeasureAsync(Rubbish(1, 200))).Status);
        var good = Some.Serial();

        var full = await portal.Client.MeasureAsync(Rubbish(2, 200));
        var fullBeside = await portal.Client.MeasureAsync(
            Some.Body(Some.Record(Some.Serial(), Some.Now()), $$"""{"serial":"{{Rubbish(3, 200)}}"}"""));
        var known = await portal.Client.MeasureAsync(Rubbish(1, 200));
        var clean = await portal.Client.MeasureAsync(Some.Body(Some.Record(good, Some.Now())));

        Assert.Equal([503, 503, 201, 201], new[] { full, fullBeside, known, clean }.Select(r => r.Status));
        Assert.Equal("300", full["Retry-After"]);
        Assert.Contains("quarantine", full.Body);
        Assert.Single(portal.ReadingsOf(good));
        Assert.Equal(1, portal.Database.Count("logger"));
        Assert.Equal(2, Assert.Single(portal.Quarantined()).Count);
    }

    [Fact]
    public async Task Quota_OfOneTokenReached_LeavesOthersTheirs()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = { ["Portal:Ingest:QuarantineBytesPerToken"] = "300" } });
        using var other = new PortalClient(portal.Address, await portal.Get<TokenIssuer>().IssueGatewayTokenAsync("other"));
        await portal.Client.MeasureAsync(Rubbish(1, 200));

        Assert.Equal(503, (await portal.Client.MeasureAsync(Rubbish(2, 200))).Status);
        Assert.Equal(201, (await other.MeasureAsync(Rubbish(2, 200))).Status);
    }

    [Fact]
    public async Task Quota_FourTokensThatSendRubbish_LeaveRoomToAFifth()
    {
        await using var portal = await PortalUnderTest.StartAsync(new()
        {
            Settings = { ["Portal:Ingest:QuarantineBytes"] = "16000", ["Portal:Ingest:QuarantineBytesPerToken"] = "4000" },
        });
        for (var token = 0; token < 4; token++)
        {
            using var bad = new PortalClient(portal.Address, await portal.Get<TokenIssuer>().IssueGatewayTokenAsync($"bad {token}"));
            var sent = 0;
            while ((await bad.MeasureAsync(Rubbish((100 * token) + sent++, 300))).Status == 201)
            {
                Assert.InRange(sent, 1, 50);
            }
        }

        Assert.Equal(201, (await portal.Client.MeasureAsync(Rubbish(9_999, 300))).Status);
    }

    [Fact]
    public async Task Quota_AfterARestart_StillHolds()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:QuarantineBytes"] = "300" } });
        await portal.Client.MeasureAsync(Rubbish(1, 200));
        await portal.RestartAsync();

        Assert.Equal(503, (await portal.Client.MeasureAsync(Rubbish(2, 200))).Status);
    }

    [Fact]
    public async Task Quota_MessageRefusedForIt_TakesNoRoom()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:QuarantineBytes"] = "400" } });
        Assert.Equal(201, (await portal.Client.MeasureAsync(Rubbish(1, 300))).Status);
        Assert.Equal(503, (await portal.Client.MeasureAsync(Rubbish(2, 300))).Status);

        Assert.Equal(201, (await portal.Client.MeasureAsync(Rubbish(3, 100))).Status);
    }

    [Fact]
    public async Task Quota_Reached_IsNoReasonToBeUnready()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:QuarantineBytes"] = "10" } });
        Assert.Equal(503, (await portal.Client.MeasureAsync(Rubbish(1, 100))).Status);

        Assert.Equal(200, (await portal.Client.GetAsync("/health/ready")).Status);
    }

    /// <summary>Letters that don't compress much.</summary>
    private static string Rubbish(int seed, int length)
    {
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next('a', 'z')));
    }
}
