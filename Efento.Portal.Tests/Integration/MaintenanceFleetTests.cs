using Efento.Portal.Access;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Maintenance under the traffic of gateways that obey the protocol; their five minutes are a moment.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class MaintenanceFleetTests
{
    [Fact]
    public async Task OnAndOff_GatewaysPauseThenDrain_NoReadingIsLost()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await using var fleet = new GatewayFleet();
        fleet.Send(portal.Address);
        await fleet.UntilAcknowledgedAsync(50);

        await portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "new disk");
        await UntilAllPauseAsync(fleet);
        var paused = fleet.Acknowledged;
        await UntilAllPauseAsync(fleet);
        Assert.Equal(paused, fleet.Acknowledged);

        await portal.Get<MaintenanceMode>().EndAsync(Actor.Command);
        await fleet.UntilAcknowledgedAsync(200);
        await fleet.StopAsync();
        fleet.AssertNothingIsLost(portal.Database);
    }

    [Fact]
    public async Task ProcessKilledInTheMiddle_StaysOnAndLosesNothing()
    {
        using var data = new TemporaryDirectory();
        await using var fleet = new GatewayFleet();
        await using (var portal = await PortalProcess.StartAsync(data.Path))
        {
            fleet.Send(portal.Address);
            await fleet.UntilAcknowledgedAsync(50);
            await CommandAsync("on", "--for", "1h", "--reason", "new disk");
            await UntilAllPauseAsync(fleet);
            await portal.KillAsync();
        }

        await using var again = await PortalProcess.StartAsync(data.Path);
        var before = fleet.Acknowledged;
        fleet.Send(again.Address);
        await UntilAllPauseAsync(fleet);
        Assert.Equal(before, fleet.Acknowledged);

        await CommandAsync("off");
        await fleet.UntilAcknowledgedAsync(200);
        await fleet.StopAsync();
        await again.KillAsync();
        fleet.AssertNothingIsLost(new PortalDatabase(data.Path));

        async Task CommandAsync(params string[] args) =>
            Assert.Equal(0, (await CommandRun.OfAsync(["maintenance", .. args, "--data-directory", data.Path])).ExitCode);
    }

    /// <summary>Each of them was answered 503 once more than before.</summary>
    private static Task UntilAllPauseAsync(GatewayFleet fleet)
    {
        var target = fleet.Tally.Busy + (2 * GatewayFleet.Count);
        return Until.TrueAsync(() => fleet.Tally.Busy >= target);
    }
}
