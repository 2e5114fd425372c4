using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Devices;

public sealed class LoggerQueryTests
{
    private readonly DateTimeOffset _now = Some.Start;
    private readonly string _serial = Some.Serial();

    [Fact]
    public async Task FindAsync_LoggerMeasured_TellsWhatItSaid()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now)));

        var logger = await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial);

        Assert.NotNull(logger?.Contact);
        Assert.Equal((_serial, LoggerApproval.Accepted, true), (logger.PointName, logger.Approval, logger.Synchronise));
        Assert.Equal(
            (_now, 180, _now.AddSeconds(180)),
            (logger.Contact.MeasuredAtUtc, logger.Contact.IntervalSeconds, logger.Contact.NextMeasurementAtUtc));
        Assert.Equal(((short)-70, false, "282C00000001"), (logger.Contact.Signal, logger.Contact.BatteryLow, logger.Contact.GatewayName));
        Assert.Equal(
            (_now.AddSeconds(180), _now.AddSeconds(270), _now.AddSeconds(540)),
            (logger.Freshness.DueUtc, logger.Freshness.LateUtc, logger.Freshness.SilentUtc));
    }

    [Fact]
    public async Task FindAsync_TwoGatewaysHearIt_TellsBothAlsoAfterARestart()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        var issued = await portal.Get<TokenIssuer>().IssueGatewayTokenAsync(Actor.Command, new GatewayTokenDraft { Name = "other" });
        using var other = new PortalClient(portal.Address, issued.Issued!.Text!);
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await other.BeatAsync(Some.Heartbeat("282C00000002"));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now)));
        await other.MeasureAsync(Some.Body(Some.Record(_serial, _now)));
        Assert.Equal([("282C00000001", (short?)-70), ("282C00000002", (short?)-70)], await ThroughAsync());

        await portal.RestartAsync();

        // The signal through a gateway that did not bring its newest record comes with the next one.
        Assert.Equal([("282C00000001", (short?)-70), ("282C00000002", null)], await ThroughAsync());

        async Task<IReadOnlyList<(string?, short?)>> ThroughAsync() =>
            [
                .. (
                    await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial))!.Through.Select(c =>
                        (c.GatewayName, c.Signal)).OrderBy(c => c.GatewayName)
            ];
    }

    [Fact]
    public async Task FindAsync_SeveralChannels_GivesTheLatestOfEach()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.MeasureAsync(Some.Body(
            Some.Record(_serial, _now, null, Some.Param(55, 2, "humidity"), Some.Param(4.5)),
            Some.Record(_serial, _now.AddMinutes(-3), null, Some.Param(4.1))));

        var logger = await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial);

        Assert.Equal(
            [((byte)1, "temperature", "°C", 4.5), ((byte)2, "humidity", "%", 55)],
            logger!.Series.Select(s => (s.Channel, s.Type.Name, s.Type.Unit, s.Latest!.Value.Value!.Value)));
    }

    [Fact]
    public async Task FindAsync_UnknownSerial_IsNull()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });

        Assert.Null(await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial));
    }

    [Fact]
    public async Task ListAsync_HeldLogger_IsLeftOutUnlessAskedFor()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Time = new FakeTimeProvider(_now), Settings = { ["Portal:Ingest:UnknownLoggers"] = "Hold" } });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now)));
        var query = portal.Get<LoggerQuery>();

        Assert.Empty(await query.ListAsync(SiteScope.Everything));
        Assert.Equal(
            [(_serial, LoggerApproval.Held)],
            (await query.ListAsync(SiteScope.Everything, includeHeld: true)).Select(l => (l.Serial, l.Approval)));
    }

    [Fact]
    public async Task ListAsync_NothingChanged_GivesTheSameAndAsksNothing()
    {
        var queries = new QueryCounter();
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now), Customise = queries.AddTo });
        string[] serials = [_serial, Some.Serial()];
        await portal.Client.MeasureAsync(Some.Body(serials.Select(s => Some.Record(s, _now))));
        var query = portal.Get<LoggerQuery>();
        var before = (await query.ListAllAsync(SiteScope.Everything)).ToDictionary(l => l.Serial);
        await portal.CatchUpAsync();
        var asked = queries.Count;

        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now.AddSeconds(1), 7.5)));
        var after = (await query.ListAllAsync(SiteScope.Everything)).ToDictionary(l => l.Serial);

        Assert.Empty(queries.After(asked));
        Assert.Same(before[serials[1]], after[serials[1]]);
        Assert.Equal((21.5, 7.5), (before[_serial].Series[0].Latest?.Value, after[_serial].Series[0].Latest?.Value));
    }

    [Fact]
    public async Task FindAsync_TimesOfReceiptCorrected_TellsThemAtOnce()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now)));
        var query = portal.Get<LoggerQuery>();
        await query.FindAsync(SiteScope.Everything, _serial);

        portal.Get<ReceiptTimes>().Suspect(_now.AddHours(-1).ToUnixTimeMilliseconds());

        Assert.Equal(_now.AddHours(-1), (await query.FindAsync(SiteScope.Everything, _serial))!.Contact!.ReceivedAtUtc);
    }

    [Fact]
    public async Task ListAsync_DecidedMeanwhile_TellsItAtOnce()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now)));
        var query = portal.Get<LoggerQuery>();
        var before = Assert.Single(await query.ListAllAsync(SiteScope.Everything));

        await portal.Get<PointNaming>().RenameAsync(
            SiteScope.Everything, Actor.Command, new Seen(before.Point!.Id, before.Point.Version), "Vaccine fridge", null);
        await portal.Get<SynchroniseSwitch>().SetAsync(
            Actor.Command, [new FlagChange(new Seen(before.Id, before.Version), before.Serial, before.PointName, true, false)], "test");

        var after = Assert.Single(await query.ListAllAsync(SiteScope.Everything));
        Assert.Equal(("Vaccine fridge", false, "test"), (after.PointName, after.Synchronise, after.SynchroniseSetting?.Reason));
    }

    [Fact]
    public async Task ListAsync_PointRenamed_IsInOrderOfNames()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        string[] serials = [_serial, Some.Serial(), Some.Serial()];
        await portal.Client.MeasureAsync(Some.Body(serials.Select(s => Some.Record(s, _now))));
        portal.Database.Execute(
            "UPDATE measuring_point SET name = 'Zeta' WHERE id = 1; UPDATE measuring_point SET name = 'Alpha' WHERE id = 3");

        var names = (await portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything)).Select(l => l.PointName);

        Assert.Equal(["Alpha", "Zeta"], names.Where(n => !n.StartsWith("282C", StringComparison.Ordinal)));
        Assert.Equal(3, names.Count());
    }

    [Fact]
    public async Task FindAsync_LoggerReplacedAtItsPoint_HasItsSerialForName()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now)));
        portal.Database.Execute("UPDATE measuring_point SET name = 'Fridge'; UPDATE logger_assignment SET until_utc = 1");

        Assert.Equal(_serial, (await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial))?.PointName);
    }

    [Fact]
    public async Task FindAsync_NewestRecordAheadOfTheClock_IsToldAndFreshFromWhenItCame()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now), Some.Record(_serial, _now.AddMinutes(30))));

        var logger = await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial);

        Assert.True(logger!.IsClockAhead);
        Assert.Equal(logger.Contact!.ReceivedAtUtc.AddSeconds(270), logger.Freshness.LateUtc);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task FindAsync_NewLoggerTenMinutesBehind_IsNotSilent(int records)
    {
        var time = new FakeTimeProvider(_now);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        for (var i = 0; i < records; i++)
        {
            time.Advance(TimeSpan.FromMinutes(3));
            await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, time.GetUtcNow().AddMinutes(-10))));
        }

        var logger = await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial);

        Assert.Equal(FreshnessState.Fresh, logger!.Freshness.At(time.GetUtcNow().AddMinutes(2)));
        Assert.Equal(FreshnessState.Silent, logger.Freshness.At(time.GetUtcNow().AddMinutes(40)));
    }

    [Fact]
    public async Task FindAsync_ServerClockWentBack_IsNotFreshForAsLong()
    {
        var time = new SteppedClock(_now);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, time.GetUtcNow(), 4)));
        time.Step(TimeSpan.FromDays(29));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, time.GetUtcNow(), 9)));
        time.Step(TimeSpan.FromDays(-29));
        await portal.Client.BeatAsync("{}");
        await portal.Get<ClockWatch>().LookAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(20));

        var logger = await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial);

        Assert.Equal(FreshnessState.Silent, logger!.Freshness.At(time.GetUtcNow()));
        Assert.Equal(4, logger.Series[0].Latest?.Value);
    }

    [Fact]
    public async Task FindAsync_ClockSetRight_IsNoLongerAhead()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now.AddMinutes(30))));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _now)));

        Assert.False((await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial))!.IsClockAhead);
    }
}
