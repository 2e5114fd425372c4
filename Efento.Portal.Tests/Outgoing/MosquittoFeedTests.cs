using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>A feed publishes to the broker that most sites have, which is killed meanwhile.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class MosquittoFeedTests : IDisposable
{
    private const string User = "portal";
    private const string Password = "korrekt-pferd";

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly ConcurrentQueue<double> _published = new();
    private readonly string _serial = Some.Serial();
    private readonly int _port = ServerProcess.FreePort();
    private int _stored;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Broker_KilledAndBack_GetsAllInTheOrderInWhichItWasReceived()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time, Settings = FeedBench.Settings(channel: "broker") });
        await portal.TellAsync(
            $$"""
            {"channels":[{"key":"broker","kind":"mqtt","host":"127.0.0.1","port":{{_port}},"security":"none","topic":"site",
              "user":"{{User}}","password":"{{Password}}"}]}
            """);
        using (await StartBrokerAsync())
        {
            using var program = await ListenAsync();
            await StoreAsync(portal, 3);
            await PassUntilAsync(() => _published.Count == 3);
        }

        await StoreAsync(portal, 3);
        await PassUntilAsync(() => portal.Feed().Trouble is not null);
        Assert.Contains("Connection refused", portal.Feed().Trouble);

        using (await StartBrokerAsync())
        {
            using var program = await ListenAsync();
            await StoreAsync(portal, 2);
            await PassUntilAsync(() => _published.Distinct().Count() == _stored);
            await Until.TrueAsync(() => portal.Feed().Trouble is null);
        }

        Assert.Equal(Enumerable.Range(0, _stored).Select(i => (double)i), _published.Distinct());
    }

    private async Task<ServerProcess> StartBrokerAsync()
    {
        var (passwords, settings) = (Path.Combine(_directory.Path, "passwords"), Path.Combine(_directory.Path, "mosquitto.conf"));
        using var making = Process.Start("mosquitto_passwd", ["-b", "-c", passwords, User, Password]);
        await making.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, making.ExitCode);
        await File.WriteAllTextAsync(
            settings,
            $"""
            user root
            listener {_port} 127.0.0.1
            allow_anonymous false
            password_file {passwords}

            """,
            TestContext.Current.CancellationToken);
        return await new ServerProcess("mosquitto", "-c", settings).ListeningAsync(_port);
    }

    /// <summary>A program that takes what is published from now on.</summary>
    private async Task<IMqttClient> ListenAsync()
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += received =>
        {
            if (!received.ApplicationMessage.Retain)
            {
                _published.Enqueue(
                    JsonElement.Parse(received.ApplicationMessage.ConvertPayloadToString()).GetProperty("value").GetDouble());
            }

            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port).WithCredentials(User, Password).Build();
        await client.ConnectAsync(options, TestContext.Current.CancellationToken);
        await client.SubscribeAsync(
            "site/#", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);
        return client;
    }

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
