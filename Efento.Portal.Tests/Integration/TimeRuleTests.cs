using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>Clocks that are wrong: the loggers' and the server's own.</summary>
public sealed class TimeRuleTests
{
    private readonly FakeTimeProvider _time = new(Some.Start.AddDays(1));

    [Fact]
    public async Task Record_MoreThanADayAhead_IsSetAsideAndAnsweredY()
    {
        await using var portal = await StartAsync();
        var (serial, ahead) = (Some.Serial(), _time.GetUtcNow().AddHours(24).AddSeconds(1));

        var reply = await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, ahead, 3, handle: 5)));

        Assert.Equal((201, """{"Y":[5],"N":[]}"""), (reply.Status, reply.Body));
        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((RejectReason.TimeAhead, RejectScope.Record), (part.Reason, part.Scope));
        Assert.Equal(Some.Record(serial, ahead, 3, handle: 5), part.Text);
        Assert.Equal(0, portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Record_ExactlyADayAhead_IsStoredAndFlagged()
    {
        await using var portal = await StartAsync();

        await SendAsync(portal, Some.Serial(), TimeSpan.FromHours(24));

        Assert.Equal((long)ReadingFlags.ClockAhead, portal.Database.Scalar<long>("SELECT flags FROM reading"));
    }

    [Fact]
    public async Task Record_Before2015_IsSetAside()
    {
        await using var portal = await StartAsync();
        var (serial, first) = (Some.Serial(), new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));

        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, first.AddSeconds(-1), 1), Some.Record(serial, first, 2)));

        Assert.Equal(RejectReason.TimeTooOld, Assert.Single(portal.Quarantined()).Reason);
        Assert.Equal([$"{first.ToUnixTimeMilliseconds()}|2"], portal.ReadingsOf(serial));
    }

    [Fact]
    public async Task Logger_SendsNothingBut1970_IsThereAndSaysThatItsClockIsWrong()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        for (var i = 0; i < 3; i++)
        {
            await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, DateTimeOffset.UnixEpoch.AddMinutes(3 * i))));
        }

        var logger = await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial);
        Assert.Equal("clock wrong, 3 set aside", Assert.Single(LoggerWords.Values(logger!, Units.Vendor)).Remark);

        await SendAsync(portal, serial, TimeSpan.Zero);
        Assert.Equal(0, (await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial))!.SetAside);
    }

    [Fact]
    public async Task Record_SetAsideForItsTime_TakesNoOtherWithIt()
    {
        await using var portal = await StartAsync();
        var (serial, now) = (Some.Serial(), _time.GetUtcNow());

        await portal.Client.MeasureAsync(
            Some.Body(Some.Record(serial, now.AddDays(2), 1), Some.Record(serial, now, 2), Some.Record(serial, now.AddDays(-20_000), 3)));

        Assert.Equal([$"{now.ToUnixTimeMilliseconds()}|2"], portal.ReadingsOf(serial));
        Assert.Equal(2, portal.Quarantined().Count);
    }

    [Theory]
    [InlineData(0, 300, false)]
    [InlineData(0, 301, true)]
    [InlineData(60, 301, true)]
    [InlineData(3600, 300, false)]
    [InlineData(3600, 301, true)]
    public async Task Record_Ahead_IsFlaggedBeyondFiveMinutes(int intervalSeconds, int aheadSeconds, bool isFlagged)
    {
        await using var portal = await StartAsync();
        var time = _time.GetUtcNow().AddSeconds(aheadSeconds);

        await portal.Client.MeasureAsync(Some.Body(
            $$"""{"serial":"{{Some.Serial()}}","measured_at":"{{Some.Time(time)}}","measurement_interval":{{intervalSeconds}},"params":[{{Some.Param(1)}}]}"""));

        Assert.Equal(isFlagged ? (long)ReadingFlags.ClockAhead : 0, portal.Database.Scalar<long>("SELECT flags FROM reading"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reading_Ahead_IsLatestWhenItsTimeHasComeAndNotBefore(bool restarted)
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await SendAsync(portal, serial, TimeSpan.Zero, 1);
        await SendAsync(portal, serial, TimeSpan.FromMinutes(10), 99);
        if (restarted)
        {
            await portal.RestartAsync();
        }

        Assert.Equal(1, Latest(portal, serial));
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, Latest(portal, serial));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(99, Latest(portal, serial));
    }

    /// <summary>Local time, two hours ahead, sent as UTC until somebody sets it right.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reading_BeforeItsOwnTime_GivesWayToTheTrueOneAndIsKeptBesideIt(bool restarted)
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await SendAsync(portal, serial, TimeSpan.FromHours(2), 99);
        _time.AdjustTime(_time.GetUtcNow().AddHours(2));
        if (restarted)
        {
            await portal.RestartAsync();
        }

        await SendAsync(portal, serial, TimeSpan.Zero, 4);

        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal([$"{now}|4"], portal.ReadingsOf(serial));
        Assert.Equal(["99"], portal.Database.Lines("SELECT value FROM reading_conflict"));
        Assert.Equal(0, portal.Database.Scalar<long>($"SELECT flags & {(int)ReadingFlags.ClockAhead} FROM reading"));
        Assert.Equal(4, Latest(portal, serial));
    }

    [Fact]
    public async Task Reading_BeforeItsOwnTime_IsNoMatchForOneThatStands()
    {
        await using var portal = await StartAsync();
        var (serial, now) = (Some.Serial(), _time.GetUtcNow());
        await SendAsync(portal, serial, TimeSpan.Zero, 4);
        await SendAsync(portal, serial, TimeSpan.Zero, 5);

        Assert.Equal([$"{now.ToUnixTimeMilliseconds()}|4"], portal.ReadingsOf(serial));
    }

    [Fact]
    public async Task Reading_BeforeItsOwnTimeSentAgainLater_IsConfirmed()
    {
        await using var portal = await StartAsync();
        var (serial, body) = (Some.Serial(), "");
        body = Some.Body(Some.Record(serial, _time.GetUtcNow().AddHours(2), 99));
        await portal.Client.MeasureAsync(body);
        _time.AdjustTime(_time.GetUtcNow().AddHours(3));
        await portal.Client.MeasureAsync(body);

        Assert.Equal(0, portal.Database.Scalar<long>("SELECT flags FROM reading"));
        Assert.Equal(0, portal.Database.Count("reading_conflict"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Latest_ClockSetRight_StaysTheTrueOneWhenTheWrongOnesTimeComes(bool restarted)
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await SendAsync(portal, serial, TimeSpan.FromMinutes(61), 99);
        await SendAsync(portal, serial, TimeSpan.Zero, 4);
        if (restarted)
        {
            await portal.RestartAsync();
        }

        _time.AdjustTime(_time.GetUtcNow().AddHours(2));
        if (restarted)
        {
            await portal.RestartAsync();
        }

        Assert.Equal(4, Latest(portal, serial));
    }

    [Fact]
    public async Task Rhythm_LateAndSeldom_IsTheSameAfterARestart()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            await SendAsync(portal, serial, TimeSpan.FromSeconds(-40));
        }

        var before = (await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial))!;
        await portal.RestartAsync();
        var after = (await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial))!;

        Assert.Equal(before.Contact!.MeasuredAtUtc.AddSeconds(640), before.Freshness.DueUtc);
        Assert.Equal(before.Freshness, after.Freshness);
    }

    [Fact]
    public async Task Logger_Ahead_IsNotHeardInTheFuture()
    {
        await using var portal = await StartAsync();
        var (serial, now) = (Some.Serial(), _time.GetUtcNow());
        await SendAsync(portal, serial, TimeSpan.Zero);
        await SendAsync(portal, serial, TimeSpan.FromHours(3));

        Assert.True(portal.Get<LoggerDirectory>().TryGet(serial, out var logger));
        Assert.Equal(now.ToUnixTimeMilliseconds(), logger.Contact?.MeasuredAtMs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Logger_Ahead_IsStillSoAfterARestart(bool heardBefore)
    {
        await using var portal = await StartAsync();
        var (serial, ahead) = (Some.Serial(), _time.GetUtcNow().AddHours(3));
        if (heardBefore)
        {
            await SendAsync(portal, serial, TimeSpan.Zero);
        }

        await SendAsync(portal, serial, TimeSpan.FromHours(3));
        Assert.True(portal.Get<LoggerDirectory>().TryGet(serial, out var before));
        await portal.RestartAsync();

        Assert.True(portal.Get<LoggerDirectory>().TryGet(serial, out var after));
        Assert.Equal(ahead.ToUnixTimeMilliseconds(), after.AheadContact?.MeasuredAtMs);
        Assert.Equal((before.Contact, before.AheadContact, before.Newest), (after.Contact, after.AheadContact, after.Newest));
    }

    [Fact]
    public async Task Logger_RightAgain_IsNotAheadAfterARestart()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await SendAsync(portal, serial, TimeSpan.FromHours(3));
        await SendAsync(portal, serial, TimeSpan.Zero);
        await portal.RestartAsync();

        Assert.True(portal.Get<LoggerDirectory>().TryGet(serial, out var logger));
        Assert.Null(logger.AheadContact);
        Assert.NotNull(logger.Contact);
    }

    [Fact]
    public async Task Latest_LateReading_NeverGoesBack()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();

        await SendAsync(portal, serial, TimeSpan.Zero, 2);
        await SendAsync(portal, serial, TimeSpan.FromHours(-5), 1);
        Assert.Equal(2, Latest(portal, serial));

        await portal.RestartAsync();
        Assert.Equal(2, Latest(portal, serial));
    }

    [Theory]
    [InlineData(GatewayPaths.Measurements)]
    [InlineData(GatewayPaths.OldMeasurements)]
    [InlineData(GatewayPaths.Heartbeat)]
    public async Task ServerClock_BehindTheNewestReceiveTime_Is503AndNotReady(string path)
    {
        await using var portal = await StartAsync();
        await portal.Client.PostAsync(path, "{}");

        _time.AdjustTime(_time.GetUtcNow().AddMinutes(-10));
        var reply = await portal.Client.PostAsync(path, "{}");
        var ready = await portal.Client.GetAsync("/health/ready");

        Assert.Equal((503, "300"), (reply.Status, reply["Retry-After"]));
        Assert.Equal(503, ready.Status);
        Assert.Contains("clock", reply.Body);
        Assert.Equal(1, portal.Database.Count("message"));
    }

    [Fact]
    public async Task Readiness_ClockWrong_NamesTheClock()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync("{}");
        _time.AdjustTime(_time.GetUtcNow().AddMinutes(-10));

        var ready = await portal.Client.GetAsync("/health/ready");

        Assert.Contains("clock", ready.Body);
        Assert.Equal(200, (await portal.Client.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task ServerClock_BehindAfterARestart_Is503()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync("{}");
        _time.AdjustTime(_time.GetUtcNow().AddDays(-1));
        await portal.RestartAsync();

        Assert.Equal(503, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task ServerClock_RightAgain_Is201()
    {
        await using var portal = await StartAsync();
        var right = _time.GetUtcNow();
        await portal.Client.BeatAsync("{}");
        _time.AdjustTime(right.AddDays(-1));
        Assert.Equal(503, (await portal.Client.BeatAsync("{}")).Status);

        _time.AdjustTime(right.AddSeconds(1));

        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
        Assert.Equal(200, (await portal.Client.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task ServerClock_BeforeTheProgramWasBuilt_Is503()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Time = new FakeTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)) });

        Assert.Equal(503, (await portal.Client.BeatAsync("{}")).Status);
        Assert.Contains("built", (await portal.Client.GetAsync("/health/ready")).Body);
    }

    [Fact]
    public async Task MessageIds_ClockStepsBackALittle_StillAscend()
    {
        await using var portal = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
            _time.AdjustTime(_time.GetUtcNow().AddSeconds(-5));
        }

        var ids = Ids(portal);
        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal([1L, 2, 3, 4], ids.Skip(1).Select(id => id - ids[0]));
    }

    [Fact]
    public async Task MessageIds_OfAllMessages_AscendAndTellWhenTheyWereReceived()
    {
        await using var portal = await StartAsync();
        List<long> received = [];
        for (var i = 0; i < 3; i++)
        {
            received.Add(_time.GetUtcNow().ToUnixTimeMilliseconds());
            await portal.Client.BeatAsync("{}");
            _time.Advance(TimeSpan.FromMilliseconds(7));
        }

        Assert.Equal(received, Ids(portal).Select(portal.Get<ReceiptTimes>().ReceivedMs));
        Assert.All(Ids(portal), id => Assert.InRange(id, 1, 1L << 53));
    }

    [Fact]
    public async Task MessageIds_AfterARestart_GoOn()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync("{}");
        await portal.RestartAsync();
        await portal.Client.BeatAsync("{}");

        Assert.Equal(2, Ids(portal).Distinct().Count());
    }

    [Fact]
    public async Task Reading_WhenTheLedgerIsPruned_StillTellsWhenItWasReceived()
    {
        await using var portal = await StartAsync();
        var received = _time.GetUtcNow();
        await SendAsync(portal, Some.Serial(), TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(portal, Some.Serial(), TimeSpan.Zero);

        await portal.CatchUpAsync();
        _time.AdjustTime(received.AddDays(31));
        await portal.Hosted<RetentionService>().PruneAsync(_time.GetUtcNow(), CancellationToken.None);

        // The newest line stays: it marks how far the ledger was pruned.
        Assert.Equal(1, portal.Database.Count("message"));
        Assert.Equal(
            received, portal.Get<ReceiptTimes>().ReceivedAtUtc(portal.Database.Scalar<long>("SELECT min(message_id) FROM reading")));
    }

    [Fact]
    public async Task Ledger_YoungerThan30Days_IsKept()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync("{}");

        _time.AdjustTime(_time.GetUtcNow().AddDays(29.9));
        await portal.Hosted<RetentionService>().PruneAsync(_time.GetUtcNow(), CancellationToken.None);

        Assert.Equal(1, portal.Database.Count("message"));
    }

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { Time = _time });

    private Task SendAsync(PortalUnderTest portal, string serial, TimeSpan ahead, double value = 1) =>
        portal.Client.MeasureAsync(Some.Body(Some.Record(serial, _time.GetUtcNow() + ahead, value)));

    private double? Latest(PortalUnderTest portal, string serial)
    {
        Assert.True(portal.Get<LoggerDirectory>().TryGet(serial, out var logger));
        return Assert.Single(portal.Get<SeriesDirectory>().Of(logger.Id)).Latest(_time.GetUtcNow().ToUnixTimeMilliseconds())?.Value;
    }

    private static List<long> Ids(PortalUnderTest portal) =>
        [.. portal.Database.Query("SELECT id FROM message ORDER BY rowid").Select(row => (long)row[0]!)];
}
