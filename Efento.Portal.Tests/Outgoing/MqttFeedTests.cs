using System.Text.Json;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Mqtt;
using Efento.Portal.Tests.Support;
using MQTTnet;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>What a feed publishes to a real broker.</summary>
public sealed class MqttFeedTests
{
    private readonly string _serial = Some.Serial();

    [Fact]
    public async Task Stored_IsPublished_AndTheNewestOfEachPointAndChannelIsKept()
    {
        await using var broker = await Broker.StartAsync();
        List<double> published = [];
        broker.Server.InterceptingPublishAsync += message =>
        {
            lock (published)
            {
                published.Add(ValueOf(message.ApplicationMessage.ConvertPayloadToString()));
            }

            return Task.CompletedTask;
        };
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = FeedBench.Settings(channel: "broker") });
        await AddAsync(portal, broker);
        var now = Some.Now();

        await portal.StoreAsync(Some.Record(_serial, now, null, Some.Param(4), Some.Param(50, 2, "humidity")));
        await portal.AllSentAsync();
        await portal.StoreAsync(Some.Record(_serial, now.AddHours(-2), 3));
        await portal.AllSentAsync();

        Assert.Equal([4, 50, 3], published);
        var point = (await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial))!.Point!.Id;
        var kept = await broker.RetainedAsync();
        Assert.Equal([$"site/point-{point}/1", $"site/point-{point}/2"], kept.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((4, 50), (ValueOf(kept[$"site/point-{point}/1"]), ValueOf(kept[$"site/point-{point}/2"])));
        Assert.Equal(_serial, JsonElement.Parse(kept[$"site/point-{point}/1"]).GetProperty("serial").GetString());
    }

    [Fact]
    public async Task Broker_ThatLetsNobodyIn_IsSaid()
    {
        await using var broker = await Broker.StartAsync();
        broker.AskForPassword("other", "password");
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = FeedBench.Settings(channel: "broker") });
        await AddAsync(portal, broker);

        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 4));

        await Until.TrueAsync(() => portal.Feed().Trouble is not null);
        Assert.Contains("BadUserNameOrPassword", portal.Feed().Trouble);
    }

    private static double ValueOf(string json) => JsonElement.Parse(json).GetProperty("value").GetDouble();

    private static async Task AddAsync(PortalUnderTest portal, Broker broker)
    {
        var settings = new ChannelSettings
        {
            Key = "broker",
            Kind = ChannelKind.Mqtt,
            Host = "127.0.0.1",
            Port = broker.Port,
            Template = "site",
        };
        var row = new NotificationChannel { Key = settings.Key, Kind = settings.Kind, Settings = "" };
        portal.Get<ChannelVault>().Store(settings, row);
        await portal.Get<WriteGate>().WriteAsync(db =>
        {
            db.NotificationChannels.Add(row);
            return db.SaveChangesAsync();
        });
        await portal.Get<NotificationDirectory>().ReloadAsync();
    }
}
