using Efento.Portal.Access;
using Efento.Portal.Maintenance;
using Efento.Portal.Simulation;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>The 503 mode.</summary>
public sealed class MaintenanceTests
{
    private readonly FakeTimeProvider _time = new(Some.Start);

    [Theory]
    [InlineData(GatewayPaths.Measurements)]
    [InlineData(GatewayPaths.OldMeasurements)]
    [InlineData(GatewayPaths.Heartbeat)]
    public async Task On_GatewayRoutes_Are503WithReasonAndRetryAfter(string path)
    {
        await using var portal = await StartAsync();

        await OnAsync(portal);
        var reply = await portal.Client.PostAsync(path, "{}");

        Assert.Equal((503, "300"), (reply.Status, reply["Retry-After"]));
        Assert.Contains("new disk", reply.Body);
        Assert.Equal(0, portal.Database.Count("message"));
    }

    [Fact]
    public async Task On_WrongToken_IsStill401()
    {
        await using var portal = await StartAsync();
        await OnAsync(portal);
        using var stranger = new PortalClient(portal.Address, "no-such-token");

        Assert.Equal(401, (await stranger.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Ended_Takes201Again()
    {
        await using var portal = await StartAsync();
        await OnAsync(portal);

        Assert.True((await portal.Get<MaintenanceMode>().EndAsync(Actor.Command)).IsDone);

        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
        Assert.Equal(MaintenanceFault.Off, (await portal.Get<MaintenanceMode>().EndAsync(Actor.Command)).Fault);
    }

    [Fact]
    public async Task TimeIsUp_EndsByItself()
    {
        await using var portal = await StartAsync();
        await OnAsync(portal);

        _time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(503, (await portal.Client.BeatAsync("{}")).Status);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Restarted_GoesOnUntilItsEnd()
    {
        await using var portal = await StartAsync();
        await OnAsync(portal);
        await portal.RestartAsync();

        Assert.Equal(503, (await portal.Client.BeatAsync("{}")).Status);
        Assert.Equal("new disk", portal.Get<MaintenanceMode>().Current?.Reason);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task EndedAndRestarted_StaysEnded()
    {
        await using var portal = await StartAsync();
        await OnAsync(portal);
        await portal.Get<MaintenanceMode>().EndAsync(Actor.Command);
        await portal.RestartAsync();

        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task StartedAgain_HasTheNewEndAndReason()
    {
        await using var portal = await StartAsync();
        await OnAsync(portal);
        _time.Advance(TimeSpan.FromMinutes(20));
        await portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromMinutes(20), "longer");
        await portal.RestartAsync();

        Assert.Equal(
            ("longer", _time.GetUtcNow().AddMinutes(20)),
            (portal.Get<MaintenanceMode>().Current!.Reason, portal.Get<MaintenanceMode>().Current!.UntilUtc));
    }

    [Fact]
    public async Task On_Readiness_SaysWhy()
    {
        await using var portal = await StartAsync();
        await OnAsync(portal);
        var ready = await portal.Client.GetAsync("/health/ready");

        Assert.Equal(503, ready.Status);
        Assert.Contains("new disk", ready.Body);
    }

    [Fact]
    public async Task Gateway_DuringMaintenance_KeepsEverythingAndDeliversItAfterwards()
    {
        await using var portal = await StartAsync();
        using var handler = GatewayHttp.CreateHandler();
        var logger = VirtualLogger.Create(7, 0, TimeSpan.FromMinutes(3), LoggerKind.Fridge);
        using var gateway = new VirtualGateway(
            new() { Server = portal.Address, Token = PortalUnderTest.GatewayToken, Serial = SimulatedSerial.OfGateway(7, 0) },
            [logger], SimulationClock.RealTime(_time), handler);
        await OnAsync(portal);

        Assert.Equal(SendOutcome.Busy, (await gateway.SendOnceAsync()).Outcome);
        _time.Advance(TimeSpan.FromMinutes(30));
        while ((await gateway.SendOnceAsync()).Outcome is SendOutcome.Received)
        {
        }

        Assert.Equal(0, gateway.Waiting);
        Assert.Empty(gateway.Tally.Violations);
        Assert.Equal(gateway.Tally.Readings, portal.Database.Count("reading"));
        Assert.InRange(portal.Database.Count("reading"), 20, 22);
    }

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { Time = _time });

    private static Task OnAsync(PortalUnderTest portal) =>
        portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromMinutes(30), "new disk");
}
