using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>What stands in the tables after a 201.</summary>
public sealed class StoringTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;
    private readonly string _serial = Some.Serial();
    private readonly DateTimeOffset _now = Some.Start;

    [Fact]
    public async Task Reading_Repeated_IsANoOp()
    {
        await SendAsync(Some.Param(4));
        await SendAsync(Some.Param(4));

        Assert.Equal(["4|0"], Standing());
        Assert.Equal(["1|0|0", "0|1|0"], Ledger());
        Assert.Empty(History());
    }

    [Fact]
    public async Task Reading_OtherValueForTheSameInstant_TheFirstStandsAndTheSecondIsKept()
    {
        await SendAsync(Some.Param(4));
        await SendAsync(Some.Param(5));

        Assert.Equal(["4|0"], Standing());
        Assert.Equal(["5|0"], History());
        Assert.Equal(["1|0|0", "0|0|1"], Ledger());
    }

    [Fact]
    public async Task Conflict_Repeated_IsKeptOnce()
    {
        await SendAsync(Some.Param(4));
        await SendAsync(Some.Param(5));
        await SendAsync(Some.Param(5));

        Assert.Equal(["5|0"], History());
    }

    [Theory]
    [InlineData("ERROR", ReadingStatus.Error)]
    [InlineData("NO_VALUE", ReadingStatus.NoValue)]
    [InlineData("INCOMPLETE", ReadingStatus.Incomplete)]
    [InlineData("NOT_STABILIZED", ReadingStatus.NotStabilized)]
    public async Task ValidValue_AfterNone_SupersedesItAndTheEarlierStaysAsHistory(string status, ReadingStatus stored)
    {
        await SendAsync(Some.Param(null, status));
        Assert.Equal([$"|{(int)stored}"], Standing());

        await SendAsync(Some.Param(5, "VALID"));

        Assert.Equal(["5|0"], Standing());
        Assert.Equal([$"|{(int)stored}"], History());
    }

    [Fact]
    public async Task NoValue_AfterAValidOne_DoesNotReplaceIt()
    {
        await SendAsync(Some.Param(5, "VALID"));
        await SendAsync(Some.Param(null, "ERROR"));

        Assert.Equal(["5|0"], Standing());
    }

    [Fact]
    public async Task ErrorCode_IsStoredAndFlagged()
    {
        await SendAsync(Some.Param(8_388_557));

        Assert.Equal((long)ReadingFlags.ErrorCode, _portal.Database.Scalar<long>($"{ReadingSql("r.flags")}", _serial));
    }

    [Fact]
    public async Task Value_OutOfRange_IsStoredAndFlagged()
    {
        await SendAsync(Some.Param(-300));

        Assert.Equal(
            $"-300|{(int)ReadingFlags.OutOfRange}", Assert.Single(_portal.Database.Lines(ReadingSql("r.value, r.flags"), _serial)));
    }

    [Fact]
    public async Task Channels_OfOneRecord_AreSeriesOfTheirOwn()
    {
        await SendAsync(Some.Param(1), Some.Param(2, 2), Some.Param(3, 1, "humidity"));

        Assert.Equal(
            ["1|humidity|3", "1|temperature|1", "2|temperature|2"],
            _portal.Database.Lines(ReadingSql("s.channel, s.type, r.value", "s.channel, s.type"), _serial));
    }

    [Fact]
    public async Task TypeName_InAnotherSpelling_IsTheSameSeries()
    {
        await _portal.Client.MeasureAsync(Some.Body(
            Some.Record(_serial, _now, null, Some.Param(1, 1, "pressure_diff")),
            Some.Record(_serial, _now.AddMinutes(-3), null, Some.Param(2, 1, "Pressure-Diff"))));

        Assert.Equal(
            1,
            _portal.Database.Scalar<long>(
                "SELECT count(*) FROM series s JOIN logger l ON l.id = s.logger_id WHERE l.serial = $0", _serial));
    }

    [Fact]
    public async Task TypeName_Unknown_IsKeptAsItIs()
    {
        await SendAsync(Some.Param(1, 1, "radiation_level"));

        Assert.Equal(["radiation_level|1"], _portal.Database.Lines(ReadingSql("s.type, r.value"), _serial));
    }

    [Fact]
    public async Task Reading_KnowsTheMessageItCameWith()
    {
        var before = DateTimeOffset.UtcNow;
        await SendAsync(Some.Param(1));

        var id = _portal.Database.Scalar<long>(ReadingSql("r.message_id"), _serial);
        Assert.Equal(1, _portal.Database.Scalar<long>("SELECT count(*) FROM message WHERE id = $0", id));
        Assert.InRange(new ReceiptTimes().ReceivedAtUtc(id), before.AddMilliseconds(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Message_IsALineOfTheLedger()
    {
        var (other, time) = (Some.Serial(), _now.AddHours(-2));
        await SendAsync(Some.Param(1));
        var body = Some.Body(
            Some.Record(_serial, _now, 1), // known
            Some.Record(_serial, time, 7), // new
            Some.Record(other, time.AddMinutes(5), null, Some.Param(1), Some.Param(2, 2)), // two new
            Some.Record(_serial, _now, 9), // contradicts
            """{"serial":"282C00000009","params":[]}"""); // no time

        await _portal.Client.PostAsync(GatewayPaths.OldMeasurements, body);

        var line = _portal.Database.Row(
            """
            SELECT token_id, address, route, bytes, records, new_readings, duplicate_readings, conflicting_readings, quarantined_parts,
                ignored_records, answer, earliest_measured_at, latest_measured_at, milliseconds, loggers
            FROM message ORDER BY id DESC LIMIT 1
            """);
        Assert.Equal(
            [
                1L, "127.0.0.1", GatewayPaths.OldMeasurements, (long)body.Length, 4L, 3L, 1L, 1L, 1L, 0L, 201L,
                time.ToUnixTimeMilliseconds(), _now.ToUnixTimeMilliseconds()
            ],
            line[..13]);
        Assert.InRange((long)line[13]!, 0, 60_000);
        Assert.Equal(8, ((byte[])line[14]!).Length);
    }

    [Fact]
    public async Task Heartbeat_IsALineOfTheLedger()
    {
        var beat = Some.Heartbeat(Some.Serial());
        await _portal.Client.BeatAsync(beat);

        Assert.Equal(
            $"{GatewayPaths.Heartbeat}|{beat.Length}|0|201",
            Assert.Single(_portal.Database.Lines("SELECT route, bytes, records, answer FROM message ORDER BY id DESC LIMIT 1")));
    }

    [Fact]
    public async Task IntervalBatteryAndPromise_ChangingWithinTheHour_AreKnownFromWhenOn()
    {
        var hour = new DateTimeOffset(_now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-2);
        await _portal.Client.MeasureAsync(Some.Body(
            With(hour, 180, "ok"), With(hour.AddMinutes(20), 180, "ok"), With(hour.AddMinutes(30), 600, "ok"),
            With(hour.AddMinutes(40), 600, "low")));

        Assert.Equal(
            [
                $"{hour.ToUnixTimeMilliseconds()}|180|180000|0",
                $"{hour.AddMinutes(30).ToUnixTimeMilliseconds()}|600|600000|0",
                $"{hour.AddMinutes(40).ToUnixTimeMilliseconds()}|600|600000|1",
            ],
            _portal.Database.Lines(
                """
                SELECT c.measured_at, c.interval_seconds, c.next_due_ms, c.battery_low FROM logger_change c JOIN logger l ON l.id = c.logger_id
                WHERE l.serial = $0 ORDER BY 1
                """,
                _serial));
    }

    [Fact]
    public async Task Interval_RecordCameInTwoParts_IsStillTheOneOfTheRecordsAfterIt()
    {
        var hour = new DateTimeOffset(_now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-2);
        await _portal.Client.MeasureAsync(
            Some.Body(With(hour, 180, "ok"), With(hour.AddMinutes(3), 600, "ok"), With(hour.AddMinutes(13), 600, "ok")));

        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, hour.AddMinutes(3), null, 600, "ok", Some.Param(2, 2))));

        Assert.Equal(
            ["180", "600"],
            _portal.Database.Lines(
                "SELECT c.interval_seconds FROM logger_change c JOIN logger l ON l.id = c.logger_id WHERE l.serial = $0 ORDER BY c.measured_at", _serial));
    }

    [Fact]
    public async Task Signal_IsKeptWithEachReading()
    {
        await SendAsync(Some.Param(1), Some.Param(2, 2));

        Assert.Equal(["-70", "-70"], _portal.Database.Lines(ReadingSql("r.signal"), _serial));
    }

    [Fact]
    public async Task Retention_NotSet_NoReadingIsDeletedByAge()
    {
        var time = new FakeTimeProvider(_now);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, new DateTimeOffset(2015, 1, 2, 0, 0, 0, TimeSpan.Zero))));
        await portal.Hosted<RetentionService>().PruneAsync(_now.AddDays(3650), CancellationToken.None);

        Assert.Single(portal.ReadingsOf(_serial));
    }

    [Fact]
    public async Task Retention_Set_DeletesReadingsOlderThanItAlone()
    {
        await using var portal = await StartKeepingTenDaysAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now.AddDays(-11), 1), Some.Record(_serial, _now.AddDays(-9), 2)));
        await portal.Hosted<RetentionService>().PruneAsync(portal.Get<TimeProvider>().GetUtcNow(), CancellationToken.None);

        Assert.Equal([$"{_now.AddDays(-9).ToUnixTimeMilliseconds()}|2"], portal.ReadingsOf(_serial));
    }

    [Fact]
    public async Task Retention_Set_DeletesTheirDaysAndConflictsWithThem()
    {
        await using var portal = await StartKeepingTenDaysAsync();
        var (old, young) = (_now.AddDays(-11), _now.AddDays(-9));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, old, 1), Some.Record(_serial, young, 2)));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, old, 3), Some.Record(_serial, young, 4)));

        await portal.Hosted<RetentionService>().PruneAsync(portal.Get<TimeProvider>().GetUtcNow(), CancellationToken.None);

        Assert.Equal([$"{young.ToUnixTimeMilliseconds()}"], portal.Database.Lines("SELECT measured_at FROM reading_conflict"));
        Assert.Equal([$"{young.ToUnixTimeMilliseconds() / 86_400_000}"], portal.Database.Lines("SELECT day FROM logger_day"));
    }

    [Fact]
    public async Task Retention_DayItDividesOrThatComesAgain_IsStillFound()
    {
        var noon = new DateTimeOffset(_now.UtcDateTime.Date.AddDays(1).AddHours(12), TimeSpan.Zero);
        await using var portal = await StartKeepingTenDaysAsync(noon);
        var (old, young) = (noon.AddDays(-11), noon.AddDays(-10).AddHours(2));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, young, 2), Some.Record(_serial, old, 1)));
        await portal.Hosted<RetentionService>().PruneAsync(portal.Get<TimeProvider>().GetUtcNow(), CancellationToken.None);

        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, old.AddMinutes(3), 3)));

        Assert.Equal(2, portal.ReadingsOf(_serial).Count);
        Assert.Equal(0, portal.Database.Unlisted());
    }

    private Task<PortalUnderTest> StartKeepingTenDaysAsync(DateTimeOffset? now = null) => PortalUnderTest.StartAsync(
        new() { Time = new FakeTimeProvider(now ?? _now), Settings = { ["Portal:Retention:Readings"] = "10.00:00:00" } });

    private string With(DateTimeOffset time, int interval, string battery) =>
        Some.Record(_serial, time, null, interval, battery, Some.Param(1));

    private async Task SendAsync(params string[] parameters)
    {
        var reply = await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now, null, parameters)));
        Assert.Equal(201, reply.Status);
    }

    private IReadOnlyList<string> Standing() => _portal.Database.Lines(ReadingSql("r.value, r.status"), _serial);

    private IReadOnlyList<string> History() => _portal.Database.Lines(
        "SELECT c.value, c.status FROM reading_conflict c JOIN series s ON s.id = c.series_id JOIN logger l ON l.id = s.logger_id WHERE l.serial = $0", _serial);

    /// <summary>New, duplicate and conflicting readings of the messages with this logger alone.</summary>
    private IReadOnlyList<string> Ledger()
    {
        Assert.True(_portal.Get<LoggerDirectory>().TryGet(_serial, out var logger));
        return _portal.Database.Lines(
            "SELECT new_readings, duplicate_readings, conflicting_readings FROM message WHERE loggers = $0 ORDER BY id",
            BitConverter.GetBytes(logger.Id));
    }

    private static string ReadingSql(string columns, string order = "r.measured_at") =>
        $"SELECT {columns} FROM reading r JOIN series s ON s.id = r.series_id JOIN logger l ON l.id = s.logger_id WHERE l.serial = $0 ORDER BY {order}";
}
