using System.Collections.Concurrent;
using System.Text.Json;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>A feed publishes to the broker that most sites have, which is killed meanwhile.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class MosquittoFeedTests : IDisposable
{
    private readonly Mosquitto _broker = new();
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly ConcurrentQueue<double> _published = new();
    private readonly string _serial = Some.Serial();
    private int _stored;

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Broker_KilledAndBack_GetsAllInTheOrderInWhichItWasReceived()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time, Settings = FeedBench.Settings(channel: "broker") });
        await portal.TellAsync(_broker.Document);
        using (await _broker.StartAsync())
        {
            using var program = await ListenAsync();
            await StoreAsync(portal, 3);
            await PassUntilAsync(() => _published.Count == 3);
        }

        await StoreAsync(portal, 3);
        await PassUntilAsync(() => portal.Feed().Trouble is not null);
        Assert.Contains("Connection refused", portal.Feed().Trouble);

        using (await _broker.StartAsync())
        {
            using var program = await ListenAsync();
            await StoreAsync(portal, 2);
            await PassUntilAsync(() => _published.Distinct().Count() == _stored);
            await Until.TrueAsync(() => portal.Feed().Trouble is null);
        }

        Assert.Equal(Enumerable.Range(0, _stored).Select(i => (double)i), _published.Distinct());
    }

    /// <summary>A program that takes what is published from now on.</summary>
    private Task<IMqttClient> ListenAsync() => _broker.ListenAsync("site/#", message =>
    {
        if (!message.Retain)
        {
            _published.Enqueue(JsonElement.Parse(message.ConvertPayloadToString()).GetProperty("value").GetDouble());
        }
    });

    /// <summary>Stores so many readings, each in a message of its own; their values count them.</summary>
    private async Task StoreAsync(PortalUnderTest portal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await portal.StoreAsync(Some.Record(_serial, Some.Start.AddHours(-1).AddSeconds(_stored), _stored));
            _stored++;
        }
    }

    private Task PassUntilAsync(Func<bool> condition) => Until.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(0.5));
        return condition();
    });
}
