using Efento.Portal.Simulation.Scenarios;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The demo as people start it: what it has when it says that it is ready.</summary>
[Trait(Category.Name, Category.Demo)]
public sealed class DemoTests(DemoTests.Run run) : IClassFixture<DemoTests.Run>
{
    private const long MinuteMs = 60_000, DayMs = 1_440 * MinuteMs;

    private const string AtPoint =
        """
         JOIN series s ON s.id = r.series_id JOIN logger_assignment a ON a.logger_id = s.logger_id
        JOIN measuring_point p ON p.id = a.point_id WHERE s.channel = 1 AND p.name = $0
        """;

    private const string OfPoint = " JOIN measuring_point p ON p.id = a.point_id WHERE p.name = $0";

    private PortalDatabase Data => run.Data;

    [Fact]
    public void Readings_AllOfThem_CameAsMessagesOfTheLedger()
    {
        Assert.Equal(0, Data.Scalar<long>("SELECT count(*) FROM reading WHERE message_id NOT IN (SELECT id FROM message)"));
        Assert.Equal(
            0,
            Data.Scalar<long>(
                "SELECT (SELECT sum(new_readings) FROM message WHERE id <= $0) - (SELECT count(*) FROM reading WHERE message_id <= $0)",
                LastMessage));
        Assert.Equal(0, Data.Count("reading_conflict"));
    }

    [Fact]
    public void Readings_OfAnUntroubledLogger_AreThirtyDaysWithoutAHole()
    {
        var (count, span, hole) = Of("Vaccine fridge 1");

        Assert.InRange(span, (30 * DayMs) - (3 * MinuteMs), (30 * DayMs) + (20 * MinuteMs));
        Assert.Equal(3 * MinuteMs, hole);
        Assert.Equal((span / (3 * MinuteMs)) + 1, count);
    }

    [Fact]
    public void Readings_WhileTheGatewayWasOffline_CameAfterwards()
    {
        Assert.Equal(5 * MinuteMs, Of("Showcase: textiles").LongestHole);
        Assert.InRange(LatestMs("Showcase: textiles"), 6 * 60 * MinuteMs, 7 * 60 * MinuteMs);
        Assert.InRange(LatestMs("Clean room"), 0, 60 * MinuteMs);
    }

    [Fact]
    public void Gap_OfThreeDays_IsThere() => Assert.InRange(Of("Depot").LongestHole, 2.9 * DayMs, 3.1 * DayMs);

    [Fact]
    public void Logger_FallenSilent_IsNotHeardSinceYesterday() =>
        Assert.InRange(
            Data.Scalar<long>(
                "SELECT (SELECT max(measured_at) FROM reading) - max(r.measured_at) FROM reading r" + AtPoint,
                "Café freezer"), 25 * 60 * MinuteMs, 27 * 60 * MinuteMs);

    [Fact]
    public void Sensor_Failing_SentErrorsWithAndWithoutACode() => Assert.Equal(
        ["8388607", "none"],
        Data.Lines(
            "SELECT DISTINCT ifnull(CAST(r.value AS INTEGER), 'none') FROM reading r" + AtPoint + " AND r.status = 1 ORDER BY 1",
            "Archive"));

    [Fact]
    public void Heartbeats_OfThirtyDays_AreThereButForTheOutage()
    {
        var holes = Data.Query(
            """
            SELECT g.serial, max(h.hole) FROM gateway g JOIN (
                SELECT gateway_id, ((message_id >> 12) - lag(message_id >> 12) OVER (PARTITION BY gateway_id ORDER BY message_id)) / 60000 AS hole FROM heartbeat) h
            ON h.gateway_id = g.id WHERE h.hole IS NOT NULL GROUP BY g.serial ORDER BY g.serial
            """).ToDictionary(row => (string)row[0]!, row => (long)row[1]!);

        Assert.InRange(holes[run.Scenario.Gateways[0].Serial], 15, 70);
        Assert.InRange(holes[run.Scenario.Gateways[1].Serial], 15, 70);
        Assert.InRange(holes[run.Scenario.Gateways[2].Serial], 6 * 60, 7 * 60);
    }

    [Fact]
    public void Gateway_ThatRestarted_SaysSoOnce() => Assert.Equal(
        [$"{run.Scenario.Gateways[1].Serial}|1"],
        Data.Lines(
            """
            SELECT g.serial, count(*) FROM gateway g JOIN (
                SELECT gateway_id, uptime_seconds < lag(uptime_seconds) OVER (PARTITION BY gateway_id ORDER BY message_id) AS is_restart FROM heartbeat) h
            ON h.gateway_id = g.id WHERE h.is_restart GROUP BY g.serial
            """));

    [Fact]
    public void Staff_ApprovedNamedAndDecided_AsTheAuditTrailTells()
    {
        var done = Data.Lines("SELECT action, count(*) FROM audit_entry WHERE actor = 'demo' GROUP BY action ORDER BY action");

        Assert.Equal(
            ["alarm acknowledged|5", "alarm rule made|44", "gateway renamed|3", "gateway token issued|3", "location made|15", "logger approved|20", "maintenance planned|1", "measuring point placed|20", "measuring point renamed|20",
                "notification made|4", "public address changed|1", "synchronisation set|1"], done);
        Assert.Equal(1, Data.Scalar<long>("SELECT count(*) FROM logger WHERE approval = 1"));
        Assert.Equal(1, Data.Scalar<long>("SELECT count(*) FROM logger WHERE NOT synchronise"));
    }

    [Fact]
    public void Rules_OfEveryKind_AreForPlacesAndTheSite()
    {
        Assert.Equal(
            ["1", "2", "3", "4", "5", "7", "8"],
            Data.Lines("SELECT DISTINCT kind FROM alarm_rule WHERE NOT is_built_in AND until_ms = $0 ORDER BY 1", long.MaxValue));
        Assert.Equal(
            ["co2", "humidity", "pressurediff", "temperature"],
            Data.Lines("SELECT DISTINCT type FROM alarm_rule WHERE kind = 1 AND NOT is_built_in ORDER BY 1"));
        Assert.Equal(
            ["flooding", "leakage", "openclose"], Data.Lines("SELECT DISTINCT type FROM alarm_rule WHERE kind = 3 AND is_enabled ORDER BY 1"));
        Assert.Equal(1, Data.Scalar<long>("SELECT count(*) FROM alarm_rule WHERE NOT is_enabled AND reason <> ''"));
    }

    [Fact]
    public void Alarms_AboutLimits_HaveThePeakThatWasMeasured()
    {
        Assert.InRange(Data.Scalar<long>("SELECT count(*) FROM alarm WHERE kind = 1"), 3, 12);
        Assert.Equal(
            0,
            Data.Scalar<long>(
                """
                SELECT count(*) FROM alarm a WHERE a.kind = 1 AND NOT EXISTS (
                    SELECT 1 FROM reading r JOIN series s ON s.id = r.series_id
                    WHERE s.logger_id = a.logger_id AND s.channel = a.channel AND r.measured_at = a.peak_ms AND abs(r.value - a.peak) < 0.001)
                """));
        Assert.Equal(0, Data.Scalar<long>("SELECT count(*) FROM alarm WHERE withdrawn_utc IS NOT NULL"));
    }

    [Fact]
    public void Alarm_OfTheInsulinFridge_HasAStory()
    {
        var (kind, level, comment, cause, action) = Assert.Single(
            Data.Query(
                "SELECT a.kind, a.level, a.comment, a.cause_word, a.action_word FROM alarm a" + OfPoint
                    + " AND a.acknowledged_by = 'demo' AND a.acknowledged_utc > 0",
                "Insulin fridge")) switch
        {
            [long k, long l, string c, string w, string d] => (k, l, c, w, d),
            var other => throw new InvalidOperationException(string.Join('|', other)),
        };

        Assert.Equal((1, 2), (kind, level));
        Assert.StartsWith("The door was left ajar", comment, StringComparison.Ordinal);
        Assert.Equal(("Door left open", "Goods checked"), (cause, action));
    }

    [Theory]
    [InlineData("Server room floor", 3)]
    [InlineData("Depot", 4)]
    [InlineData("Archive", 5)]
    [InlineData("Server room", 1)]
    public void Alarm_OfEachIncident_IsAcknowledged(string point, int kind) => Assert.Equal(
        [$"{kind}|demo"],
        Data.Lines(
            "SELECT DISTINCT a.kind, a.acknowledged_by FROM alarm a" + OfPoint
                + " AND a.acknowledged_utc IS NOT NULL AND a.ended_ms IS NOT NULL", point));

    [Fact]
    public void Excursion_DuringTheOutage_WasFoundAfterwards() => Assert.Equal(
        ["Café fridge|1|1"],
        Data.Lines(
            """
            SELECT p.name, a.kind, a.acknowledged_utc IS NULL FROM alarm a JOIN measuring_point p ON p.id = a.point_id
            WHERE a.is_found_afterwards
            """));

    [Fact]
    public void Outage_OfTheMuseum_IsOneAlarmWithItsLoggersBelow()
    {
        var outage = Data.Row(
            """
            SELECT a.id, a.began_ms, a.ended_ms FROM alarm a JOIN gateway g ON g.id = a.gateway_id
            WHERE g.serial = $0 AND a.kind = 8 AND a.type = 'offline'
            """, run.Scenario.Gateways[2].Serial);

        Assert.InRange((long)outage[2]! - (long)outage[1]!, 5 * 60 * MinuteMs, 7 * 60 * MinuteMs);
        Assert.Equal(
            ["Café freezer", "Café fridge", "Depot", "Showcase: manuscripts", "Showcase: textiles", "Tower room"],
            Data.Lines(
                """
                SELECT p.name FROM alarm a JOIN measuring_point p ON p.id = a.point_id WHERE a.cause_id = $0 AND a.kind = 4 AND a.ended_ms > 0
                ORDER BY 1
                """, outage[0]!));
    }

    [Fact]
    public async Task Water_ReachesTheServerRoom_WithinTwoMinutes()
    {
        const string Wet = "SELECT count(*) FROM alarm a" + OfPoint + " AND a.kind = 3 AND a.level = 2 AND a.ended_ms IS NULL";
        await Until.TrueAsync(() => Data.Scalar<long>(Wet, "Server room floor") == 1, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Quarantine_HasTheRecordOfTheClockThatBeganAgain() => Assert.Equal(1, Data.Count("quarantine_item"));

    [Fact]
    public async Task Measurements_GoOn_AfterIt()
    {
        var newest = Data.Scalar<long>("SELECT max(measured_at) FROM reading");

        await Until.TrueAsync(() => Data.Scalar<long>("SELECT max(measured_at) FROM reading") > newest, TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Setup_OfTheSettings_IsHonoured()
    {
        using var client = new PortalClient(run.Address, PortalUnderTest.GatewayToken);

        Assert.Equal(201, (await client.BeatAsync("{}")).Status);
        Assert.Equal(1, Data.Scalar<long>("SELECT count(*) FROM user WHERE email = $0", PortalUnderTest.AdminEmail));
    }

    [Fact]
    public async Task Killed_TheNextOne_ThrowsItsDataAway()
    {
        using var temporary = new TemporaryDirectory();
        await using var demo = DemoProcess.Start(temporary.Path);
        await Until.TrueAsync(
            () => Directory.GetFiles(temporary.Path, "portal.db", SearchOption.AllDirectories).Length > 0, TimeSpan.FromMinutes(1));
        await demo.KillAsync();
        Assert.NotEmpty(Left(temporary));

        await using var next = DemoProcess.Start(temporary.Path, "--Portal:Ingest:QueueAge=soon");
        await Until.TrueAsync(() => Left(temporary).Length == 0, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("portal.sock", 0)]
    [InlineData("portal.db-wal", 4_000_000)]
    public async Task Stopped_BeforeItIsReady_EndsWellAndLeavesNothing(string file, long bytes)
    {
        using var temporary = new TemporaryDirectory();
        await using var demo = DemoProcess.Start(temporary.Path);
        await Until.TrueAsync(
            () => new DirectoryInfo(temporary.Path).GetFiles(file, SearchOption.AllDirectories) is [{ } found]
                && (bytes == 0 || found.Length >= bytes), TimeSpan.FromMinutes(1));

        await demo.StopAsync();

        Assert.Equal(0, demo.ExitCode);
        Assert.Empty(Left(temporary));
    }

    private static string[] Left(TemporaryDirectory temporary) => Directory.GetDirectories(temporary.Path, "efento-portal-demo-*");

    private long LastMessage => Data.Scalar<long>("SELECT max(id) FROM message");

    /// <summary>
    /// How many readings the first channel of a point has, from the first to the last, and the longest time between two; in ms.
    /// </summary>
    private (long Count, long Span, long LongestHole) Of(string point)
    {
        var row = Data.Row(
            "SELECT count(*), max(at) - min(at), max(hole) FROM (SELECT r.measured_at AS at, r.measured_at - lag(r.measured_at) OVER (ORDER BY r.measured_at) AS hole FROM reading r"
                + AtPoint + ")", point);
        return ((long)row[0]!, (long)row[1]!, (long)row[2]!);
    }

    /// <summary>The longest time in ms from a measurement to its arrival.</summary>
    private long LatestMs(string point) =>
        Data.Scalar<long>("SELECT max((r.message_id >> 12) + 1577836800000 - r.measured_at) FROM reading r" + AtPoint, point);

    /// <summary>Within two minutes the server room is wet, and whoever opens the demo can read what was sent of it.</summary>
    [Fact]
    public async Task Mail_OfTheAlarmThatBegins_IsInTheMailBoxWithALink()
    {
        await Until.TrueAsync(() => Data.Count("delivery WHERE state = 3") > 0, TimeSpan.FromMinutes(3));

        using var visitor = new HttpClient { BaseAddress = run.Address };
        visitor.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = await visitor.GetStringAsync("demo/mail", TestContext.Current.CancellationToken);
        Assert.Contains("Critical: Server room floor", page, StringComparison.Ordinal);
        Assert.Contains("To demo@example.org", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{new Uri(run.Address, "alarms/")}", page, StringComparison.Ordinal);
    }

    /// <summary>One demo for all tests of the class; when they are done it is asked to end, and must leave nothing.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private readonly TemporaryDirectory _temporary = new();
        private DemoProcess _demo = null!;

        /// <summary>Where it serves.</summary>
        public Uri Address { get; private set; } = null!;

        /// <summary>Its database.</summary>
        public PortalDatabase Data { get; private set; } = null!;

        /// <summary>What it shows.</summary>
        public Scenario Scenario { get; } = HospitalOfficeMuseum.Until(Some.Now(), TimeZoneInfo.Utc);

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            _demo = DemoProcess.Start(
                _temporary.Path, $"--Portal:Setup:GatewayToken={PortalUnderTest.GatewayToken}",
                $"--Portal:Setup:AdminEmail={PortalUnderTest.AdminEmail}", "--Portal:Setup:AdminPassword", PortalUnderTest.AdminPassword);
            Address = await _demo.ReadyAsync();
            Data = new PortalDatabase(Assert.Single(Left(_temporary)));
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await _demo.StopAsync();
            Assert.Equal(0, _demo.ExitCode);
            Assert.Empty(Left(_temporary));
            await _demo.DisposeAsync();
            _temporary.Dispose();
        }
    }
}
