using System.Collections.Concurrent;
using System.Text.Json;
using Efento.Portal.Tests.Support;
using MQTTnet;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>The real program is killed while it sends measurements on.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class KilledFeedTests : IDisposable
{
    private const int Kills = 6;
    private const int Each = 5;

    private readonly TemporaryDirectory _data = new();
    private readonly PortalDatabase _database;
    private readonly string _serial = Some.Serial();

    public KilledFeedTests() => _database = new PortalDatabase(_data.Path);

    public void Dispose() => _data.Dispose();

    /// <summary>
    /// Each time it is killed as soon as the receiver has the first new reading, which is often before the cursor is saved. What one kill
    /// interrupted is sent before the next: each kill may repeat a reading.
    /// </summary>
    [Fact]
    public async Task Killed_BetweenAnswerAndCursor_LosesNothing_AndRepeatsAtMost()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        var begin = Some.Now().AddHours(-1);
        for (var kills = 0; kills < Kills; kills++)
        {
            await using var portal = await StartAsync(receiver);
            await SettledAsync();
            using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
            for (var i = kills * Each; i < (kills + 1) * Each; i++)
            {
                Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(_serial, begin.AddSeconds(i), i)))).Status);
            }

            var first = kills * Each;
            await Until.TrueAsync(() => receiver.Values.Contains(first));
            await portal.KillAsync();
        }

        await using var last = await StartAsync(receiver);
        await SettledAsync();

        Assert.Equal(Enumerable.Range(0, Kills * Each).Select(i => (double?)i), receiver.Values.Distinct());
        Assert.All(receiver.Values.GroupBy(value => value), same => Assert.InRange(same.Count(), 1, 2));
    }

    /// <summary>
    /// The same at a broker, which takes each reading by itself: what was not answered for when it was killed is published again, and
    /// nothing comes before what was stored before it.
    /// </summary>
    [Fact]
    public async Task Killed_WhileItPublishes_LosesNothing_AndKeepsTheOrder()
    {
        using var broker = new Mosquitto();
        using var process = await broker.StartAsync();
        ConcurrentQueue<double> published = new();
        using var program = await broker.ListenAsync("site/#", message => published.Enqueue(
            JsonElement.Parse(message.ConvertPayloadToString()).GetProperty("value").GetDouble()));
        var begin = Some.Now().AddHours(-1);
        for (var kills = 0; kills < Kills; kills++)
        {
            await using var portal = await StartAsync(broker.Document, "broker");
            await SettledAsync();
            using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
            for (var i = kills * Each; i < (kills + 1) * Each; i++)
            {
                Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(_serial, begin.AddSeconds(i), i)))).Status);
            }

            // Another one each time, so that it is killed at the begin, in the middle and at the end of what it publishes.
            var seen = (kills * Each) + (kills % Each);
            await Until.TrueAsync(() => published.Contains(seen));
            await portal.KillAsync();
        }

        await using var last = await StartAsync(broker.Document, "broker");
        await SettledAsync();
        await Until.TrueAsync(() => published.Distinct().Count() == Kills * Each);

        Assert.Equal(Enumerable.Range(0, Kills * Each).Select(i => (double)i), published.Distinct());
        Assert.All(published.GroupBy(value => value), same => Assert.InRange(same.Count(), 1, 2));
    }

    private Task SettledAsync() => Until.TrueAsync(
        () => _database.Scalar<long>("SELECT last_message_id FROM arrival_cursor WHERE consumer = 'outgoing:erp'")
            == _database.Scalar<long>("SELECT coalesce(max(id), 0) FROM message"));

    private Task<PortalProcess> StartAsync(FeedReceiver receiver) =>
        StartAsync($$"""{"channels":[{{FeedBench.Channel("hook", receiver)}}]}""", "hook");

    private Task<PortalProcess> StartAsync(string document, string channel)
    {
        var path = Path.Combine(_data.Path, "notifications.json");
        File.WriteAllText(path, document);
        var settings = FeedBench.Settings(channel: channel);
        return PortalProcess.StartAsync(
            _data.Path, ["--Portal:Setup:Notifications", path, .. settings.SelectMany(s => new[] { $"--{s.Key}", s.Value })]);
    }
}
