using Efento.Portal.Tests.Notifications.Channels.Email;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>
/// The real program is killed while it tells of alarms: each second time as soon as the delivery is committed, else as soon as the other
/// side has the message, whose answer may never be read or noted. What one kill interrupted is told before the next: each kill may repeat a
/// message.
/// </summary>
[Trait(Category.Name, Category.Fault)]
public sealed class KilledPortalTests : IAsyncLifetime
{
    private const int Kills = 10;

    private const string Rules =
        """{"rules":[{"key":"fridges","place":"*","kind":"limits","type":"temperature","critical":{"high":8,"delay":"0m"}}]}""";

    private readonly TemporaryDirectory _data = new();
    private readonly PortalDatabase _database;
    private FakedClock _clock = null!;

    public KilledPortalTests() => _database = new PortalDatabase(_data.Path);

    public async ValueTask InitializeAsync() => _clock = await FakedClock.BuildAsync();

    public ValueTask DisposeAsync()
    {
        _data.Dispose();
        _clock.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Webhook_KilledAgainAndAgain_LosesNothing_AndEachMessageComesTwiceAtMost()
    {
        await using var program = await HttpReceiver.StartAsync();
        await KillAsync(
            $$"""{"key":"to","kind":"webhook","url":"{{program.Address}}","allowPrivateNetworks":true}""",
            """{"channels":["to"]}""",
            () => [.. program.Requests.Select(r => r.Headers["webhook-id"].ToString())]);
    }

    [Fact]
    public async Task Mail_KilledAgainAndAgain_LosesNothing_AndEachMessageComesTwiceAtMost()
    {
        await using var mail = await MailServer.StartAsync();
        await KillAsync(
            $$"""{"key":"to","kind":"email","host":"127.0.0.1","port":{{mail.Port}},"from":"portal@site.example"}""",
            """{"people":["anna@site.example"]}""",
            () => [.. mail.Mails.Select(m => m.MessageId!)]);
    }

    /// <param name="channel">The channel.</param>
    /// <param name="step">The step that tells through it.</param>
    /// <param name="keys">The keys of the messages that the other side has, those that came twice as well.</param>
    private async Task KillAsync(string channel, string step, Func<IReadOnlyList<string>> keys)
    {
        for (var kills = 0; kills < Kills; kills++)
        {
            await using var portal = await StartAsync(channel, step);
            await SettledAsync();

            // People get what follows within a minute in one message.
            var moved = TimeSpan.FromMinutes(2 * (kills + 1));
            _clock.Move(moved);
            await RaiseAsync(portal, moved);
            var (alarms, isEarly) = (kills + 1, kills % 2 == 0);
            await Until.TrueAsync(() => _database.Count("delivery") == alarms && (isEarly || keys().Distinct().Count() == alarms));
            await portal.KillAsync();
        }

        await using var last = await StartAsync(channel, step);
        await SettledAsync();

        Assert.Equal(Kills, _database.Count("alarm"));
        Assert.Equal(Kills, keys().Distinct().Count());
        Assert.All(keys().GroupBy(key => key), same => Assert.InRange(same.Count(), 1, 2));
    }

    private Task SettledAsync() => Until.TrueAsync(() => _database.Lines("SELECT id FROM delivery WHERE state <> 3").Count == 0);

    private static async Task RaiseAsync(PortalProcess portal, TimeSpan moved)
    {
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now().Add(moved), 11)))).Status);
    }

    private Task<PortalProcess> StartAsync(string channel, string step)
    {
        var people = $$"""
            {"channels":[{{channel}}],"people":[{"email":"anna@site.example"}],
            "chains":[{"key":"default","place":"*","level":"critical","steps":[{{step}}]}]}
            """;
        return PortalProcess.StartAsync(
            _data.Path,
            ["--Portal:Setup:Rules", FileOf("rules.json", Rules), "--Portal:Setup:Notifications", FileOf("notifications.json", people)],
            _clock.Environment);
    }

    private string FileOf(string name, string text)
    {
        var path = Path.Combine(_data.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
