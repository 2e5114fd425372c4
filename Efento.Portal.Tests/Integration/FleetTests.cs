using System.Diagnostics;
using Efento.Portal.Access;
using Efento.Portal.Simulation;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Gateways that obey the protocol strictly, at a portal in order.</summary>
[Collection(FaultCollection.Name)]
public sealed class FleetTests
{
    [Fact]
    public async Task Gateways_DrainingTheirBuffers_FindNothingWrongAndLoseNothing()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await using var fleet = new GatewayFleet();
        fleet.Send(portal.Address);
        await fleet.UntilAcknowledgedAsync(1000);
        await fleet.StopAsync();

        Assert.Equal((0, 0, 0), (fleet.Tally.Busy, fleet.Tally.Other, fleet.Tally.Refused));
        fleet.AssertNothingIsLost(portal.Database);
    }

    [Fact]
    public async Task Backlog_SixtyThousandMeasurementsInOneMessage_IsStoredWhole()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var handler = GatewayHttp.CreateHandler();
        var clock = SimulationClock.RealTime(TimeProvider.System);
        var logger = VirtualLogger.Create(7, 0, TimeSpan.FromMinutes(3), LoggerKind.Freezer);
        using var gateway = new VirtualGateway(
            new()
            {
                Server = portal.Address,
                Token = PortalUnderTest.GatewayToken,
                Serial = SimulatedSerial.OfGateway(7, 0),
                MeasuringSinceUtc = clock.UtcNow.AddMinutes(-3 * 60_000),
                MeasurementsPerMessage = 60_000,
            },
            [logger], clock, handler);
        await gateway.SendOnceAsync();

        var backlog = await gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.Received, backlog.Outcome);
        Assert.Equal(60_000, backlog.Message!.Measurements.Count);
        Assert.Equal(60_000, portal.Database.Count("reading"));
        Assert.Empty(gateway.Tally.Violations);
    }

    [Fact]
    public async Task OtherWrites_WhileGatewaysSend_WaitNoLongerThanABatch()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await using var fleet = new GatewayFleet();
        fleet.Send(portal.Address);
        await fleet.UntilAcknowledgedAsync(100);

        List<TimeSpan> waits = [];
        for (var i = 0; i < 50; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await portal.Get<TokenIssuer>().IssueGatewayTokenAsync($"token {i}");
            waits.Add(Stopwatch.GetElapsedTime(begin));
        }

        await fleet.StopAsync();
        Assert.InRange(waits.Order().ElementAt(25), TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        Assert.InRange(waits.Max(), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(0, fleet.Tally.Busy);
    }

    [Fact]
    public async Task Gateway_ToldN_KeepsNothingOfThatLogger()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:UnknownLoggers"] = "Ignore" } });
        using var handler = GatewayHttp.CreateHandler();
        var logger = VirtualLogger.Create(7, 0, TimeSpan.FromMinutes(3), LoggerKind.Fridge);
        using var gateway = new VirtualGateway(
            new() { Server = portal.Address, Token = PortalUnderTest.GatewayToken, Serial = SimulatedSerial.OfGateway(7, 0) },
            [logger], SimulationClock.RealTime(TimeProvider.System), handler);
        while ((await gateway.SendOnceAsync()).Outcome is SendOutcome.Received)
        {
        }

        Assert.Empty(gateway.KeptLoggers);
        Assert.Empty(gateway.Tally.Violations);
        Assert.Equal(0, portal.Database.Count("reading"));
    }
}
