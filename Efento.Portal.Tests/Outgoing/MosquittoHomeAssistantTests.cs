using System.Collections.Concurrent;
using System.Text.Json;
using Efento.Portal.Tests.Support;
using MQTTnet;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>What Home Assistant finds at the broker that most sites have, as it would be told.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class MosquittoHomeAssistantTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly Mosquitto _broker = new();

    public void Dispose()
    {
        _broker.Dispose();
        _data.Dispose();
    }

    /// <summary>The feed is removed from the settings, or not for Home Assistant any more, while the portal is off.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Points_AreKeptByTheBroker_UntilTheFeedIsGone(bool isRemoved)
    {
        using var process = await _broker.StartAsync();
        var serial = Some.Serial();
        await using (var portal = await StartAsync(ForHomeAssistant()))
        {
            await portal.StoreAsync(Some.Record(serial, Some.Now(), null, Some.Param(4.5), Some.Param(50, 2, "humidity")));
            await UntilKeptAsync(kept => kept.Count(IsConfig) == 2 && kept.ContainsValue("online"));

            // Home Assistant was started after the portal: what it is told then is what the broker keeps.
            var found = await KeptAsync(kept => kept.Count(IsConfig) == 2);
            var configs = found.Where(IsConfig).Select(its => JsonElement.Parse(its.Value)).ToList();
            Assert.All(configs, config => Assert.Equal(serial, config.GetProperty("device").GetProperty("name").GetString()));
            Assert.Equal(
                ["humidity", "temperature"], configs.Select(c => c.GetProperty("device_class").GetString()).Order(StringComparer.Ordinal));
            var topics = configs.Select(c => c.GetProperty("state_topic").GetString()!).ToList();
            await UntilKeptAsync(kept => topics.TrueForAll(kept.ContainsKey));
        }

        await UntilKeptAsync(kept => kept.ContainsValue("offline"));
        await using var again = await StartAsync(isRemoved ? [] : FeedBench.Settings(channel: "broker"));

        await UntilKeptAsync(kept => !kept.Any(IsConfig) && !kept.ContainsValue("offline") && !kept.ContainsValue("online"));
    }

    private static bool IsConfig(KeyValuePair<string, string> kept) => kept.Key.StartsWith("homeassistant/", StringComparison.Ordinal);

    private static Dictionary<string, string> ForHomeAssistant()
    {
        var settings = FeedBench.Settings(channel: "broker");
        settings["Portal:Outgoing:0:HomeAssistant"] = "true";
        return settings;
    }

    private async Task<PortalUnderTest> StartAsync(Dictionary<string, string> settings)
    {
        var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path, Settings = settings });
        await portal.TellAsync(_broker.Document);
        return portal;
    }

    private async Task UntilKeptAsync(Predicate<Dictionary<string, string>> isSo) => await KeptAsync(isSo);

    /// <summary>
    /// What the broker keeps, as soon as it is so. A program that asks anew each time is told what is kept at that moment; whatever it is
    /// told later is no proof that the broker keeps it.
    /// </summary>
    private async Task<Dictionary<string, string>> KeptAsync(Predicate<Dictionary<string, string>> isSo)
    {
        Dictionary<string, string> found = [];
        await Until.TrueAsync(async () =>
        {
            ConcurrentDictionary<string, string> kept = new();
            var isDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var program = await _broker.ListenAsync("#", message => Take(message, kept, isDone));

            // What is kept comes before what is published after the subscription.
            await program.PublishStringAsync("end", "end", cancellationToken: TestContext.Current.CancellationToken);
            await isDone.Task.WaitAsync(Until.Patience);
            found = new(kept);
            return isSo(found);
        });
        return found;
    }

    private static void Take(MqttApplicationMessage message, ConcurrentDictionary<string, string> kept, TaskCompletionSource isDone)
    {
        if (message.Retain)
        {
            kept[message.Topic] = message.ConvertPayloadToString();
        }
        else if (message.Topic == "end")
        {
            isDone.TrySetResult();
        }
    }
}
