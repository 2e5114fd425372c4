using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program, killed in the middle of its work.</summary>
[Collection(FaultCollection.Name)]
public sealed class CrashTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Process_KilledTwentyTimesUnderLoad_HoldsEveryReadingAnswered201Once()
    {
        var random = new Random(20);
        using var data = new TemporaryDirectory();
        await using var fleet = new GatewayFleet();
        for (var i = 0; i < Kills; i++)
        {
            await using var portal = await PortalProcess.StartAsync(data.Path);
            fleet.Send(portal.Address);
            await fleet.UntilAcknowledgedAsync(random.Next(1, 400));

            // Not when an answer was just sent, but any moment in the writer's round.
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 50));
            await portal.KillAsync();
        }

        await using (var portal = await PortalProcess.StartAsync(data.Path))
        {
            fleet.Send(portal.Address);
            await fleet.UntilAcknowledgedAsync(100);
            await fleet.StopAsync();
            await portal.KillAsync();
        }

        Assert.True(fleet.Tally.NoAnswer >= Kills, "The kills met no load.");
        fleet.AssertNothingIsLost(new PortalDatabase(data.Path));
    }
}
