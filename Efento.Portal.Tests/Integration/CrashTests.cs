using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program, killed in the middle of its work.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class CrashTests
{
    private const int Kills = 20;

    /// <summary>Fridges, narrow enough for some alarms.</summary>
    private const string Rules =
        """{"rules":[{"key":"fridges","place":"*","kind":"limits","type":"temperature","critical":{"low":4,"high":6,"delay":"5m"}}]}""";

    private static readonly LimitsCondition Fridge = new(1, null, (new Patience(300_000), new Band(4, 6)), margin: 0);

    [Fact]
    public async Task Process_KilledTwentyTimesUnderLoad_HoldsEveryReadingAnswered201Once()
    {
        var random = new Random(20);
        using var data = new TemporaryDirectory();
        using var settings = new TemporaryDirectory();
        var rules = Path.Combine(settings.Path, "rules.json");
        await File.WriteAllTextAsync(rules, Rules);
        Dictionary<string, string> environment = new() { ["Portal__Setup__Rules"] = rules };
        await using var fleet = new GatewayFleet();
        for (var i = 0; i < Kills; i++)
        {
            await using var portal = await PortalProcess.StartAsync(data.Path, environment: environment);
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
        await AssertAlarmsAreThoseOfOnePassAsync(data.Path);
    }

    /// <summary>Once a portal has judged what the killed ones did not, its alarms are those of the readings in measured order.</summary>
    private static async Task AssertAlarmsAreThoseOfOnePassAsync(string dataDirectory)
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = dataDirectory });
        await portal.AlarmsAsync();

        var expected = OrderedPass.Over(portal.Database, Fridge, "temperature");
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected,
            portal.Database.Lines("SELECT began_ms, ended_ms, level, peak FROM alarm WHERE kind = 1 AND withdrawn_utc IS NULL")
                .Order(StringComparer.Ordinal));
    }
}
