using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Devices;

public sealed class GatewayHistoryQueryTests : IAsyncLifetime
{
    private const string Serial = "282C00000001";
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task ReadAsync_Heartbeats_AreInOrderWithTheOneBefore()
    {
        for (var i = 0; i < 6; i++)
        {
            await BeatAsync(900 * i);
        }

        var history = await ReadAsync(TimeSpan.FromMinutes(40));

        Assert.Equal([2700, 3600, 4500], history.Heartbeats.Select(h => h.UptimeSeconds));
        Assert.Equal(("FULLY_CHARGED", 100), (history.Heartbeats[0].Power, history.Heartbeats[0].BatteryPercent));
    }

    [Fact]
    public async Task ReadAsync_NothingForFiveHours_IsASilenceFromMessageToMessage()
    {
        await BeatAsync(100);
        await BeatAsync(1_000);
        await BeatAsync(1_900);
        await BeatAsync(2_800);
        var last = _time.GetUtcNow() - Quarter;
        _time.Advance(TimeSpan.FromHours(5));
        var next = _time.GetUtcNow();
        await BeatAsync(20_000);

        var history = await ReadAsync(TimeSpan.FromDays(1));

        var silence = Assert.Single(history.Silences);
        Assert.Equal(
            (GapCause.Missing, last.ToUnixTimeMilliseconds(), next.ToUnixTimeMilliseconds()),
            (silence.Cause, silence.FromMs, silence.ToMs));
        Assert.InRange(history.HeardShare!.Value, 0.15, 0.2);
    }

    [Fact]
    public async Task ReadAsync_MeasurementsBetweenHeartbeats_AreNoSilence()
    {
        await BeatAsync(100);
        for (var i = 0; i < 8; i++)
        {
            _time.Advance(Quarter);
            await _portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(_time))));
        }

        Assert.Empty((await ReadAsync(TimeSpan.FromDays(1))).Silences);
    }

    [Fact]
    public async Task ReadAsync_SilentSince_EndsNow()
    {
        await BeatAsync(100);
        _time.Advance(TimeSpan.FromHours(3));

        var history = await ReadAsync(TimeSpan.FromDays(1));

        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), Assert.Single(history.Silences).ToMs);
        Assert.Equal(0, history.HeardShare);
    }

    [Fact]
    public async Task ReadAsync_SilentWithinTheTime_BeginsWhereTheTimeDoes()
    {
        await BeatAsync(100);
        _time.Advance(TimeSpan.FromHours(30));

        var history = await ReadAsync(TimeSpan.FromDays(1));

        Assert.Equal(history.FromUtc.ToUnixTimeMilliseconds(), Assert.Single(history.Silences).FromMs);
    }

    [Fact]
    public async Task ReadAsync_SilentInAMaintenance_IsNotHeldAgainstIt()
    {
        await BeatAsync(100);
        await BeatAsync(1_000);
        await BeatAsync(1_900);
        await _portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(2), "test");
        _time.Advance(TimeSpan.FromHours(2));
        await BeatAsync(10_000);

        var history = await ReadAsync(TimeSpan.FromDays(1));

        Assert.Equal(GapCause.Maintenance, Assert.Single(history.Silences).Cause);
        Assert.Equal(1, history.HeardShare);
    }

    [Fact]
    public async Task ReadAsync_UptimeWentDown_IsARestart()
    {
        await BeatAsync(5_000);
        await BeatAsync(4_999);
        var at = _time.GetUtcNow();
        await BeatAsync(10);
        await BeatAsync(910);

        Assert.Equal(at.ToUnixTimeMilliseconds(), Assert.Single((await ReadAsync(TimeSpan.FromDays(1))).Restarts).AtMs);
    }

    [Fact]
    public async Task ReadAsync_BeforeItsFirstMessage_KnowsNothing()
    {
        var first = _time.GetUtcNow();
        await BeatAsync(100);

        var history = await ReadAsync(TimeSpan.FromDays(7));

        Assert.Equal(first.ToUnixTimeMilliseconds(), history.KnownFromUtc!.Value.ToUnixTimeMilliseconds());
        Assert.Empty(history.Silences);
    }

    [Fact]
    public async Task ReadAsync_NoSuchGateway_KnowsNothing()
    {
        var history = await ReadAsync(TimeSpan.FromDays(1), gateway: 9);

        Assert.Null(history.KnownFromUtc);
        Assert.Null(history.HeardShare);
    }

    [Fact]
    public async Task ReadAsync_GatewayOfAnotherWard_IsNotToBeSeen()
    {
        await using var wards = await TwoWards.StartAsync();
        var query = wards.Portal.Get<GatewayHistoryQuery>();
        var gateways = await wards.Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything);

        Assert.Null(await query.ReadAsync(wards.Scope, gateways.Single(g => g.Serial == TwoWards.HiddenGateway).Id, TimeSpan.FromDays(1)));
        Assert.NotNull(await query.ReadAsync(wards.Scope, gateways.Single(g => g.Serial == TwoWards.SeenGateway).Id, TimeSpan.FromDays(1)));
    }

    private async Task BeatAsync(long uptime)
    {
        Assert.Equal(201, (await _portal.Client.BeatAsync(Some.Heartbeat(Serial, uptime))).Status);
        _time.Advance(Quarter);
    }

    private async Task<GatewayHistory> ReadAsync(TimeSpan span, int gateway = 1) =>
        (await _portal.Get<GatewayHistoryQuery>().ReadAsync(SiteScope.Everything, gateway, span))!;
}
