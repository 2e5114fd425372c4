using Efento.Portal.Tests.Notifications.Channels.Http;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>The real program is killed while it tells of alarms.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class KilledPortalTests : IDisposable
{
    private const int Kills = 20;

    private const string Rules =
        """{"rules":[{"key":"fridges","place":"*","kind":"limits","type":"temperature","critical":{"high":8,"delay":"0m"}}]}""";

    private readonly TemporaryDirectory _data = new();
    private readonly PortalDatabase _database;

    public KilledPortalTests() => _database = new PortalDatabase(_data.Path);

    /// <summary>
    /// Each second time it is killed as soon as the delivery is committed, else as soon as the other program has the message. What one kill
    /// interrupted is told before the next: each kill may repeat a message. A program gets each event by itself.
    /// </summary>
    [Fact]
    public async Task Killed_20Times_NothingIsLost_AndEachMessageComesTwiceAtMost()
    {
        await using var program = await HttpReceiver.StartAsync();
        for (var kills = 0; kills < Kills; kills++)
        {
            await using var portal = await StartAsync(program.Address);
            await SettledAsync();
            await RaiseAsync(portal);
            var (alarms, isEarly) = (kills + 1, kills % 2 == 0);
            await Until.TrueAsync(() => _database.Count("delivery") == alarms && (isEarly || Received(program) == alarms));
            await portal.KillAsync();
        }

        await using var last = await StartAsync(program.Address);
        await SettledAsync();

        Assert.Equal(Kills, _database.Count("alarm"));
        Assert.Equal(Kills, Received(program));
        Assert.All(Keys(program).GroupBy(key => key), same => Assert.InRange(same.Count(), 1, 2));
    }

    public void Dispose() => _data.Dispose();

    private Task SettledAsync() => Until.TrueAsync(() => _database.Lines("SELECT id FROM delivery WHERE state <> 3").Count == 0);

    private static int Received(HttpReceiver program) => Keys(program).Distinct().Count();

    private static IEnumerable<string> Keys(HttpReceiver program) => program.Requests.Select(r => r.Headers["webhook-id"].ToString());

    private static async Task RaiseAsync(PortalProcess portal)
    {
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(), 11)))).Status);
    }

    private Task<PortalProcess> StartAsync(Uri program)
    {
        var people = $$"""
            {"channels":[{"key":"hook","kind":"webhook","url":"{{program}}","allowPrivateNetworks":true}],
            "chains":[{"key":"default","place":"*","level":"critical","steps":[{"channels":["hook"]}]}]}
            """;
        return PortalProcess.StartAsync(
            _data.Path,
            ["--Portal:Setup:Rules", FileOf("rules.json", Rules), "--Portal:Setup:Notifications", FileOf("notifications.json", people)]);
    }

    private string FileOf(string name, string text)
    {
        var path = Path.Combine(_data.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
