using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Notifications.Channels.Mqtt;
using Efento.Portal.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>Home Assistant finds the points of a feed by itself, on topics on which values really arrive.</summary>
public sealed class HomeAssistantTests
{
    private readonly string _serial = Some.Serial();

    [Fact]
    public async Task Point_IsFound_WithATopicOnWhichItsValuesArrive()
    {
        await using var broker = await Broker.StartAsync();
        await using var portal = await StartAsync(broker);

        await portal.StoreAsync(Some.Record(_serial, Some.Now(), null, Some.Param(4.5), Some.Param(50, 2, "humidity")));
        var configs = await ConfigsAsync(broker, 2);
        await portal.AllSentAsync();

        var temperature = configs.Single(c => c.GetProperty("device_class").GetString() == "temperature");
        Assert.Equal(("°C", "measurement"), (Text(temperature, "unit_of_measurement"), Text(temperature, "state_class")));
        Assert.Equal(_serial, temperature.GetProperty("device").GetProperty("name").GetString());
        Assert.Equal(2, configs.Select(c => Text(c, "unique_id")).Distinct().Count());
        Assert.Single(configs.Select(c => c.GetProperty("device").GetProperty("identifiers")[0].GetString()).Distinct());
        var kept = await broker.RetainedAsync();
        Assert.Equal([4.5, 50], configs.Select(c => ValueAt(kept, Text(c, "state_topic"))).Order());
        Assert.All(configs, c => Assert.Equal("online", kept[Text(c, "availability_topic")]));
        Assert.All(kept.Keys, topic => Assert.DoesNotContain(_serial, topic, StringComparison.Ordinal));
    }

    [Fact]
    public async Task State_OfTwo_IsABinarySensor()
    {
        await using var broker = await Broker.StartAsync();
        await using var portal = await StartAsync(broker);

        await portal.StoreAsync(Some.Record(_serial, Some.Now(), null, Some.Param(1, 1, "flooding")));

        var config = Assert.Single(await ConfigsAsync(broker, 1));
        Assert.Equal("moisture", Text(config, "device_class"));
        Assert.StartsWith("homeassistant/binary_sensor/", Assert.Single(await TopicsAsync(broker)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_ThatChanges_IsTold()
    {
        await using var broker = await Broker.StartAsync();
        await using var portal = await StartAsync(broker);
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 4));
        await ConfigsAsync(broker, 1);

        await RenameAsync(portal, "Fridge \"3\" {{ now() }}");

        await Until.TrueAsync(async () => (await ConfigsAsync(broker, 1)).Single().GetProperty("device").GetProperty("name").GetString()
            == "Fridge \"3\" {{ now() }}");
    }

    [Fact]
    public async Task Point_ThatIsRetired_IsTakenBack()
    {
        await using var broker = await Broker.StartAsync();
        await using var portal = await StartAsync(broker);
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 4));
        await ConfigsAsync(broker, 1);

        await RetireAsync(portal);

        await Until.TrueAsync(async () => (await TopicsAsync(broker)).Count == 0);
    }

    /// <summary>What is not there any more when the portal starts, or is not wanted any more, is taken back too.</summary>
    [Fact]
    public async Task Feed_ThatIsNotForHomeAssistantAnyMore_IsTakenBack()
    {
        await using var broker = await Broker.StartAsync();
        using var data = new TemporaryDirectory();
        await using (var portal = await StartAsync(broker, data.Path))
        {
            await portal.StoreAsync(Some.Record(_serial, Some.Now(), 4));
            await ConfigsAsync(broker, 1);
        }

        Assert.Contains("offline", (await broker.RetainedAsync()).Values);
        await using var again = await PortalUnderTest.StartAsync(
            new() { DataDirectory = data.Path, Settings = FeedBench.Settings(channel: "broker") });

        await Until.TrueAsync(async () => (await TopicsAsync(broker)).Count == 0);
        await Until.TrueAsync(async () => !(await broker.RetainedAsync()).Values.Contains("offline"));
    }

    /// <summary>The settings have lost it: the portal remembers where it was told.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Feed_ThatIsRemoved_OrSendsElsewhere_IsTakenBack(bool isElsewhere)
    {
        await using var broker = await Broker.StartAsync();
        using var data = new TemporaryDirectory();
        await using (var portal = await StartAsync(broker, data.Path))
        {
            await portal.StoreAsync(Some.Record(_serial, Some.Now(), 4));
            await ConfigsAsync(broker, 1);
        }

        var settings = isElsewhere ? FeedBench.Settings(channel: "hook") : [];
        await using var again = await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path, Settings = settings });

        await Until.TrueAsync(async () => (await TopicsAsync(broker)).Count == 0);
        await Until.TrueAsync(async () => !(await broker.RetainedAsync()).Values.Contains("offline"));
        await Until.TrueAsync(() => again.Database.Count("announced_feed") == 0);
    }

    /// <summary>Another feed, and another portal at the same broker, keep what they have told.</summary>
    [Fact]
    public async Task Feed_ThatIsRemoved_TakesNothingOfOthersAlong()
    {
        await using var broker = await Broker.StartAsync();
        using var data = new TemporaryDirectory();
        var other = FeedBench.Settings(key: "lake", channel: "broker", number: 1);
        var both = FeedBench.Settings(channel: "broker").Concat(other).ToDictionary();
        both["Portal:Outgoing:0:HomeAssistant"] = both["Portal:Outgoing:1:HomeAssistant"] = "true";
        await using (var portal = await PortalUnderTest.StartAsync(new() { Settings = both, DataDirectory = data.Path }))
        {
            await portal.TellAsync(DocumentOf(broker));
            await portal.StoreAsync(Some.Record(_serial, Some.Now(), 4));
            await ConfigsAsync(broker, 2);
        }

        var one = FeedBench.Settings(key: "lake", channel: "broker");
        one["Portal:Outgoing:0:HomeAssistant"] = "true";
        await using var again = await PortalUnderTest.StartAsync(new() { Settings = one, DataDirectory = data.Path });

        await Until.TrueAsync(() => again.Database.Lines("SELECT feed FROM announced_feed").SequenceEqual(["lake"]));
        await ConfigsAsync(broker, 1);
    }

    [Fact]
    public async Task Broker_ThatLosesThePortal_SaysThatItIsGone()
    {
        await using var broker = await Broker.StartAsync();
        await using var portal = await StartAsync(broker);
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 4));
        var status = Text((await ConfigsAsync(broker, 1)).Single(), "availability_topic");
        List<string> said = [];
        broker.Server.InterceptingPublishAsync += message =>
        {
            if (message.ApplicationMessage.Topic == status)
            {
                lock (said)
                {
                    said.Add(message.ApplicationMessage.ConvertPayloadToString());
                }
            }

            return Task.CompletedTask;
        };

        foreach (var client in await broker.Server.GetClientsAsync())
        {
            await client.DisconnectAsync(
                new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.UnspecifiedError });
        }

        await Until.TrueAsync(() =>
        {
            lock (said)
            {
                return said.Contains("online");
            }
        });
    }

    private static async Task<PortalUnderTest> StartAsync(Broker broker, string? data = null)
    {
        var settings = FeedBench.Settings(channel: "broker");
        settings["Portal:Outgoing:0:HomeAssistant"] = "true";
        var portal = await PortalUnderTest.StartAsync(new() { Settings = settings, DataDirectory = data });
        await portal.TellAsync(DocumentOf(broker));
        return portal;
    }

    private static string DocumentOf(Broker broker) =>
        $$"""{"channels":[{"key":"broker","kind":"mqtt","host":"127.0.0.1","port":{{broker.Port}},"topic":"site"}]}""";

    /// <summary>Waits until Home Assistant was told of so many channels.</summary>
    private static async Task<IReadOnlyList<JsonElement>> ConfigsAsync(Broker broker, int count)
    {
        await Until.TrueAsync(async () => (await TopicsAsync(broker)).Count == count);
        var kept = await broker.RetainedAsync();
        return [.. (await TopicsAsync(broker)).Select(topic => JsonElement.Parse(kept[topic]))];
    }

    private static async Task<IReadOnlyList<string>> TopicsAsync(Broker broker) =>
        [.. (await broker.RetainedAsync()).Keys.Where(t => t.StartsWith("homeassistant/", StringComparison.Ordinal))];

    private static string Text(JsonElement config, string name) => config.GetProperty(name).GetString()!;

    private static double ValueAt(IReadOnlyDictionary<string, string> kept, string topic) =>
        JsonElement.Parse(kept[topic]).GetProperty("value").GetDouble();

    private async Task<Seen> PointAsync(PortalUnderTest portal)
    {
        var point = (await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial))!.Point!;
        return new Seen(point.Id, point.Version);
    }

    private async Task RenameAsync(PortalUnderTest portal, string name) => Assert.Equal(
        PointOutcome.Done,
        await portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Actor.Command, await PointAsync(portal), name, null));

    private async Task RetireAsync(PortalUnderTest portal) => Assert.Equal(
        PointOutcome.Done, await portal.Get<Retirement>().RetirePointAsync(Actor.Command, await PointAsync(portal), "gone"));
}
