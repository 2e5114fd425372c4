using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Devices;

public sealed class GatewayQueryTests
{
    private const string Serial = "282C00000001";
    private readonly DateTimeOffset _now = Some.Start;

    [Fact]
    public async Task ListAsync_HeartbeatAndMeasurements_TellTheGateway()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        var logger = Some.Serial();
        await portal.Client.BeatAsync(Some.Heartbeat(Serial));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(logger, _now)));

        var gateway = Assert.Single(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));

        Assert.Equal(
            (Serial, Serial, "5.10.2", 3600, 2),
            (gateway.Serial, gateway.Name, gateway.SoftwareVersion, gateway.UptimeSeconds, gateway.LoggerCount));
        Assert.Equal(
            ("FULLY_CHARGED", 100, "127.0.0.1", "Set-up"), (gateway.Power, gateway.BatteryPercent, gateway.Address, gateway.TokenName));
        Assert.Equal(GatewayCondition.Online, gateway.State.Condition);
        Assert.Equal([logger], gateway.Loggers);
        Assert.Null(gateway.Stuck);
        Assert.Empty(gateway.SharesTokenWith);
    }

    [Fact]
    public async Task ListAsync_SilentForTwoIntervals_IsOffline()
    {
        var time = new FakeTimeProvider(_now);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        await portal.Client.BeatAsync(Some.Heartbeat(Serial));
        time.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(
            GatewayCondition.Offline, Assert.Single(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)).State.Condition);
    }

    [Fact]
    public async Task ListAsync_MeasurementsWithoutHeartbeat_ProveItAlive()
    {
        var time = new FakeTimeProvider(_now);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        await portal.Client.BeatAsync(Some.Heartbeat(Serial));
        time.Advance(TimeSpan.FromMinutes(31));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), _now)));

        Assert.Equal(
            GatewayCondition.Online, Assert.Single(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)).State.Condition);
    }

    [Fact]
    public async Task ListAsync_UptimeWentDown_TellsTheRestart()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.BeatAsync(Some.Heartbeat(Serial, uptimeSeconds: 5_000));
        await portal.Client.BeatAsync(Some.Heartbeat(Serial, uptimeSeconds: 10));

        Assert.NotNull(Assert.Single(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)).RestartedUtc);
    }

    [Fact]
    public async Task ListAsync_TwoSerialsUnderOneToken_NamesTheOther()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.BeatAsync(Some.Heartbeat(Serial));
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000002"));

        Assert.Equal(
            ["282C00000002"],
            (await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)).Single(g => g.Serial == Serial).SharesTokenWith);
    }

    [Fact]
    public async Task ListAsync_MessageTooLarge_IsStuckWhileHeartbeatsGoOn()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Time = new FakeTimeProvider(_now), Settings = { ["Portal:Ingest:MaxBodyBytes"] = "500" } });
        await portal.Client.BeatAsync(Some.Heartbeat(Serial));
        await portal.Client.MeasureAsync(new string(' ', 501));
        await portal.Client.BeatAsync(Some.Heartbeat(Serial));

        Assert.Equal(501, Assert.Single(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)).Stuck?.Bytes);
    }

    [Fact]
    public async Task ListAsync_MeasurementsAfterOneTooLarge_IsNotStuck()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Time = new FakeTimeProvider(_now), Settings = { ["Portal:Ingest:MaxBodyBytes"] = "500" } });
        await portal.Client.MeasureAsync(new string(' ', 501));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), _now)));

        Assert.Null(Assert.Single(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)).Stuck);
    }

    [Fact]
    public async Task ListAsync_MessageTooLargeUnderASharedToken_IsToldOfEachForAnHour()
    {
        var time = new FakeTimeProvider(_now);
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Time = time, Settings = { ["Portal:Ingest:MaxBodyBytes"] = "500" } });
        await portal.Client.BeatAsync(Some.Heartbeat(Serial));
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000002"));
        await portal.Client.MeasureAsync(new string(' ', 501));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), _now)));

        Assert.All(
            await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything), g =>
                Assert.Equal((501, true), (g.Stuck?.Bytes, g.Stuck?.IsOfToken)));
        time.Advance(TimeSpan.FromMinutes(61));
        Assert.All(await portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything), g => Assert.Null(g.Stuck));
    }

    [Fact]
    public void RefusedOf_SomethingThatLargeWasTaken_IsOver()
    {
        var gateways = new GatewayDirectory();
        gateways.NoteRefused(tokenId: 1, 501, _now);

        gateways.NoteTaken(tokenId: 1, 500);
        Assert.Equal(501, gateways.RefusedOf(1)?.Bytes);
        Assert.Null(gateways.RefusedOf(2));
        gateways.NoteTaken(tokenId: 1, 501);
        Assert.Null(gateways.RefusedOf(1));
    }

    [Fact]
    public async Task FindAsync_Heartbeat_ShowsEveryKey()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });
        await portal.Client.BeatAsync($$"""{"serial":"{{Serial}}","modem":{"rssi":-71} }""");

        var found = await portal.Get<GatewayQuery>().FindAsync(SiteScope.Everything, 1);

        Assert.Equal([new("serial", Serial), new("modem.rssi", "-71")], found!.Heartbeat);
    }

    [Fact]
    public async Task FindAsync_NoSuchGateway_IsNull()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(_now) });

        Assert.Null(await portal.Get<GatewayQuery>().FindAsync(SiteScope.Everything, 1));
    }
}
