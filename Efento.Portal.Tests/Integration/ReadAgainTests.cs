using Efento.Portal.Devices;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What is in quarantine is read again: all of it or nothing, once, as if it had been understood when it came.</summary>
public sealed class ReadAgainTests
{
    private const double Magic = -123.25;

    private static readonly string[] Tables =
    [
        "reading", "reading_conflict", "series", "logger", "logger_day", "logger_change", "measuring_point", "logger_assignment", "gateway",
        "heartbeat", "message",
        "quarantine_item",
    ];

    [Fact]
    public async Task Body_ReadableNow_IsStoredUnderItsOwnMessageAndItsRoomIsFree()
    {
        var time = new SleepingClock(Some.Now());
        await using var portal = await StartAsync(time);
        var (serial, now) = (Some.Serial(), Some.Now(time));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now, Magic)));
        var message = portal.Database.Scalar<long>("SELECT message_id FROM quarantine_item");
        Mend(portal);
        time.Sleep(TimeSpan.FromHours(7));

        var outcome = await portal.ReadAgainAsync();

        Assert.Equal(new ReadAgainOutcome(ReadAgainVerdict.Read, NewReadings: 1), outcome);
        Assert.Equal([$"{now.ToUnixTimeMilliseconds()}|{Magic}"], portal.ReadingsOf(serial));
        Assert.Equal(message, portal.Database.Scalar<long>("SELECT message_id FROM reading"));
        Assert.Equal(now, new ReceiptTimes().ReceivedAtUtc(message));
        Assert.Equal(
            $"{time.GetUtcNow().ToUnixTimeMilliseconds()}|0",
            Assert.Single(portal.Database.Lines("SELECT read_again_ms, length(raw) FROM quarantine_item")));
        Assert.Equal(0, portal.Get<QuarantineIntake>().Bytes);
        Assert.Equal(0, portal.Database.Unlisted());
    }

    [Fact]
    public async Task Body_ReadAgain_IsAuditedAndSeenByWhoFollowsTheArrivals()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), Magic)));
        var (key, cursor) = (Assert.Single(await portal.KeysAsync()), portal.Database.Scalar<long>("SELECT max(id) FROM message"));
        Mend(portal);

        await portal.ReadAgainAsync();

        Assert.Equal(
            [$"admin@portal.test|quarantine read again|quarantine item {key.Id}|NotStorable, SHA-256 {key.Hash}|1 readings new, 0 known; nothing is left|"],
            portal.QuarantineAudit());
        var arrival = Assert.Single((await portal.Get<LedgerQuery>().ReadArrivalsAsync(SiteScope.Everything, cursor, 10))!.Items);
        Assert.Equal([serial], arrival.Loggers);
    }

    [Fact]
    public async Task Page_OfTheLogger_ShowsWhatWasReadAgain()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), Magic)));
        Mend(portal);

        await portal.ReadAgainAsync();

        var logger = Assert.Single(await portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything), l => l.Serial == serial);
        Assert.Equal(Magic, Assert.Single(logger.Series).Latest?.Value);
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now().AddMinutes(3), 4)));
        Assert.Equal(2, portal.ReadingsOf(serial).Count);
    }

    [Fact]
    public async Task Item_ReadTwice_GivesTheSameTables()
    {
        await using var portal = await StartAsync();
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now(), Magic), """{"serial":"282C00000001"}""");
        await portal.Client.MeasureAsync(body);
        var seen = Assert.Single(await portal.KeysAsync());
        Mend(portal);
        Assert.Equal(ReadAgainVerdict.Rejected, (await portal.ReadAgainAsync(seen)).Verdict);
        var before = Dump(portal);

        var asSeen = await portal.ReadAgainAsync(seen);
        var asItIs = await portal.ReadAgainAsync();

        Assert.Equal([ReadAgainVerdict.Gone, ReadAgainVerdict.Rejected], [asSeen.Verdict, asItIs.Verdict]);
        Assert.Equal(before, Dump(portal));
    }

    [Fact]
    public async Task Item_ReadByTwoAndDiscardedAtOnce_IsOneOfThese()
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(), Magic)));
        var seen = Assert.Single(await portal.KeysAsync());
        Mend(portal);

        var (first, second, discard) = (portal.ReadAgainAsync(seen), portal.ReadAgainAsync(seen), portal.DiscardAsync(seen));
        ReadAgainVerdict[] verdicts = [(await first).Verdict, (await second).Verdict];

        Assert.Equal(1, verdicts.Count(v => v is ReadAgainVerdict.Read) + await discard);
        Assert.Single(portal.QuarantineAudit());
    }

    [Fact]
    public async Task Body_WithABadRecord_BecomesThatRecordWithItsReason()
    {
        await using var portal = await StartAsync();
        const string Bad = """{"serial":"282C00000001","measured_at":"never"}""";
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(), Magic), Bad));
        Mend(portal);

        await portal.ReadAgainAsync();

        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((RejectReason.NoTime, RejectScope.Record, Bad, 1), (part.Reason, part.Scope, part.Text, part.Count));
        Assert.Equal(portal.Database.Scalar<long>("SELECT sum(length(raw)) FROM quarantine_item"), portal.Get<QuarantineIntake>().Bytes);
        Assert.Equal(1, portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Body_WithManyKindsOfBadParts_KeepsEachOnce()
    {
        await using var portal = await StartAsync();
        var record = Some.Record(
            Some.Serial(), Some.Now(), null, Some.Param(1), """{"channel":0,"type":"a","value":1}""",
            """{"channel":0,"type":"b","value":1}""", """{"channel":2,"type":"c","value":"?"}""");
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(), Magic), record, "5"));
        Mend(portal);

        await portal.ReadAgainAsync();

        Assert.Equal(
            [(RejectReason.NotARecord, "5"), (RejectReason.BadChannel, record), (RejectReason.BadValue, record)],
            portal.Quarantined().Select(q => (q.Reason, q.Text)).OrderBy(q => q.Reason));
        var before = Dump(portal);
        foreach (var key in await portal.KeysAsync())
        {
            Assert.Equal(ReadAgainVerdict.Rejected, (await portal.ReadAgainAsync(key)).Verdict);
        }

        Assert.Equal(before, Dump(portal));
    }

    [Fact]
    public async Task Parts_Hundreds_AreReadAgainAsTheWholeMessage()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, 200).Select(i => $$"""{"serial":"282C{{i:X8}}","params":[]}""")));

        var outcome = await portal.ReadAgainAsync();

        Assert.Equal(ReadAgainVerdict.Rejected, outcome.Verdict);
        Assert.Equal((RejectReason.NoTime, RejectScope.Body), Assert.Single(portal.Quarantined().Select(q => (q.Reason, q.Scope))));
    }

    [Fact]
    public async Task Param_OfTooManySeries_IsStoredOnceThereMayBeMore()
    {
        var settings = new Dictionary<string, string> { ["Portal:Ingest:MaxSeriesPerLogger"] = "1" };
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = settings });
        var serial = Some.Serial();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), null, Some.Param(1), Some.Param(2, 2))));
        settings["Portal:Ingest:MaxSeriesPerLogger"] = "2";
        await portal.RestartAsync();

        var outcome = await portal.ReadAgainAsync();

        Assert.Equal(new ReadAgainOutcome(ReadAgainVerdict.Read, NewReadings: 1, KnownReadings: 1), outcome);
        Assert.Equal(2, portal.ReadingsOf(serial).Count);
    }

    [Fact]
    public async Task Reading_ThatIsThere_Stays()
    {
        await using var portal = await StartAsync();
        var (serial, now) = (Some.Serial(), Some.Now());
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now, Magic)));
        Mend(portal);
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now, 5)));
        var message = portal.Database.Scalar<long>("SELECT message_id FROM reading");

        var outcome = await portal.ReadAgainAsync();

        Assert.Equal(new ReadAgainOutcome(ReadAgainVerdict.Read, KnownReadings: 1), outcome);
        Assert.Equal([$"{now.ToUnixTimeMilliseconds()}|5"], portal.ReadingsOf(serial));
        Assert.Equal(message, portal.Database.Scalar<long>("SELECT message_id FROM reading"));
        Assert.Equal(Magic, portal.Database.Scalar<double>("SELECT value FROM reading_conflict"));
    }

    [Fact]
    public async Task Time_AheadWhenItCame_IsStillAheadWhenItHasPassed()
    {
        var time = new SleepingClock(Some.Now());
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(time).AddHours(30))));
        time.Sleep(TimeSpan.FromDays(3));

        Assert.Equal(ReadAgainVerdict.Rejected, (await portal.ReadAgainAsync()).Verdict);
        Assert.Equal(0, portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Logger_UnknownAndIgnored_StaysInQuarantine()
    {
        var settings = new Dictionary<string, string> { ["Portal:Ingest:MaxNewLoggersPerTokenPerDay"] = "0" };
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = settings });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
        settings["Portal:Ingest:UnknownLoggers"] = "Ignore";
        await portal.RestartAsync();

        Assert.Equal(ReadAgainVerdict.Ignored, (await portal.ReadAgainAsync()).Verdict);
        Assert.Single(portal.Quarantined(), q => q.Raw.Length > 0);
    }

    [Fact]
    public async Task Heartbeat_OfATooManiethGateway_MakesItOnceThereMayBeMore()
    {
        var settings = new Dictionary<string, string> { ["Portal:Ingest:MaxNewGatewaysPerTokenPerDay"] = "1" };
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = settings });
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000002", version: "6.0"));
        settings["Portal:Ingest:MaxNewGatewaysPerTokenPerDay"] = "2";
        await portal.RestartAsync();

        Assert.Equal(ReadAgainVerdict.Read, (await portal.ReadAgainAsync()).Verdict);

        var gateway = Assert.Single(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything), g => g.Serial == "282C00000002");
        Assert.Equal("6.0", gateway.SoftwareVersion);
        Assert.Equal(gateway.LastHeartbeatUtc, gateway.LastMessageUtc);
    }

    [Fact]
    public async Task Heartbeat_OfOldTimes_DoesNotOverrideWhatTheGatewaySaidSince()
    {
        var time = new SleepingClock(Some.Now());
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        portal.Database.Execute(
            "CREATE TRIGGER poison BEFORE INSERT ON heartbeat WHEN new.uptime_seconds = 666 BEGIN SELECT RAISE(ABORT, 'poison'); END");
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 666, version: "old"));
        Mend(portal);
        time.Advance(TimeSpan.FromMinutes(15));
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 1566, version: "new"));

        Assert.Equal(ReadAgainVerdict.Read, (await portal.ReadAgainAsync()).Verdict);

        Assert.Equal(["old", "new"], portal.Database.Lines("SELECT software_version FROM heartbeat ORDER BY message_id"));
        var gateway = Assert.Single(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
        Assert.Equal(("new", time.GetUtcNow()), (gateway.SoftwareVersion, gateway.LastHeartbeatUtc));
    }

    [Fact]
    public async Task Item_StillRefusedByTheDatabase_Stays()
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync(
            Some.Body(Some.Record(Some.Serial(), Some.Now(), 1), Some.Record(Some.Serial(), Some.Now(), Magic)));
        var before = Dump(portal);

        Assert.Equal(ReadAgainVerdict.NotStorable, (await portal.ReadAgainAsync()).Verdict);

        Assert.Equal(before, Dump(portal));
        Assert.Empty(portal.QuarantineAudit());
    }

    [Theory]
    [InlineData("audit_entry", "INSERT ON audit_entry WHEN new.action LIKE 'quarantine%'")]
    [InlineData("quarantine_item", "UPDATE OF read_again_ms ON quarantine_item")]
    [InlineData("message", "INSERT ON message WHEN new.route = 'quarantine'")]
    public async Task Step_Failing_LeavesNothingOfTheOthers(string table, string step)
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), Magic)));
        Mend(portal);
        portal.Database.Execute($"CREATE TRIGGER fail_{table} BEFORE {step} BEGIN SELECT RAISE(ABORT, 'fails'); END");
        var (before, bytes) = (Dump(portal), portal.Get<QuarantineIntake>().Bytes);

        await portal.ReadAgainAsync();

        Assert.Equal(before, Dump(portal));
        Assert.Equal(bytes, portal.Get<QuarantineIntake>().Bytes);
        Assert.False(portal.Get<LoggerDirectory>().TryGet(serial, out _));
        Assert.Empty(portal.QuarantineAudit());
        portal.Database.Execute($"DROP TRIGGER fail_{table}");
        Assert.Equal(ReadAgainVerdict.Read, (await portal.ReadAgainAsync()).Verdict);
        Assert.Single(portal.ReadingsOf(serial));
    }

    [Fact]
    public async Task Thing_ReadAgainAndRejectedAnew_IsThereAgain()
    {
        await using var portal = await StartAsync();
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now(), Magic));
        await portal.Client.MeasureAsync(body);
        Mend(portal);
        await portal.ReadAgainAsync();
        Poison(portal);

        portal.Database.Execute("DELETE FROM reading");
        await portal.Client.MeasureAsync(body);

        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((body, 2), (part.Text, part.Count));
        Assert.Single(await portal.KeysAsync());
    }

    [Fact]
    public async Task Rest_LargerThanTheRoom_StaysWhole()
    {
        var settings = new Dictionary<string, string>();
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = settings });
        Poison(portal);
        await portal.Client.MeasureAsync(Some.Body(
            Enumerable.Range(0, 60)
                .Select(i => $$"""{"serial":"282C{{i:X8}}","measured_at":"never"}""")
                .Append(Some.Record(Some.Serial(), Some.Now(), Magic))));
        var item = Assert.Single(portal.Quarantined());
        Mend(portal);
        settings["Portal:Ingest:QuarantineBytes"] = $"{portal.Get<QuarantineIntake>().Bytes + 100}";
        await portal.RestartAsync();

        Assert.Equal(RejectReason.NotStorable, item.Reason);
        Assert.Equal(ReadAgainVerdict.NoRoom, (await portal.ReadAgainAsync()).Verdict);
        Assert.Equal(item.Text, Assert.Single(portal.Quarantined()).Text);
        Assert.Equal(0, portal.Database.Count("reading"));
    }

    /// <summary>A portal whose database refuses one value, until it is mended.</summary>
    private static async Task<PortalUnderTest> StartAsync(TimeProvider? time = null)
    {
        var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        Poison(portal);
        return portal;
    }

    private static void Poison(PortalUnderTest portal) =>
        portal.Database.Execute(
            $"CREATE TRIGGER poison BEFORE INSERT ON reading WHEN new.value = {Magic} BEGIN SELECT RAISE(ABORT, 'poison'); END");

    private static void Mend(PortalUnderTest portal) => portal.Database.Execute("DROP TRIGGER poison");

    private static List<string> Dump(PortalUnderTest portal) =>
        [.. Tables.SelectMany(table => portal.Database.Query($"SELECT * FROM {table}").Select(row => $"{table}: {Text(row)}"))];

    private static string Text(object?[] row) =>
        string.Join(
            '|',
            row.Select(
                value => value is byte[] bytes
                    ? Convert.ToHexString(bytes)
                    : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)));
}
