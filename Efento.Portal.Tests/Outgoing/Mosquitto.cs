using System.Diagnostics;
using Efento.Portal.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>The broker that most sites have, with one user. Killed and started again, it has the same port and no memory.</summary>
internal sealed class Mosquitto : IDisposable
{
    private const string User = "portal";
    private const string Password = "korrekt-pferd";

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Its port.</summary>
    public int Port { get; } = ServerProcess.FreePort();

    /// <summary>A document with a channel to it, called "broker".</summary>
    public string Document =>
        $$"""
        {"channels":[{"key":"broker","kind":"mqtt","host":"127.0.0.1","port":{{Port}},"security":"none","topic":"site",
          "user":"{{User}}","password":"{{Password}}"}]}
        """;

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    /// <summary>Starts it. It is killed with what is returned.</summary>
    public async Task<ServerProcess> StartAsync()
    {
        var (passwords, settings) = (Path.Combine(_directory.Path, "passwords"), Path.Combine(_directory.Path, "mosquitto.conf"));
        using var making = Process.Start("mosquitto_passwd", ["-b", "-c", passwords, User, Password]);
        await making.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, making.ExitCode);
        await File.WriteAllTextAsync(
            settings,
            $"""
            user root
            listener {Port} 127.0.0.1
            allow_anonymous false
            password_file {passwords}

            """,
            TestContext.Current.CancellationToken);
        return await new ServerProcess("mosquitto", "-c", settings).ListeningAsync(Port);
    }

    /// <summary>A program that is told what is published, and first what the broker keeps.</summary>
    public async Task<IMqttClient> ListenAsync(string topics, Action<MqttApplicationMessage> took)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += received =>
        {
            took(received.ApplicationMessage);
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Port).WithCredentials(User, Password).Build();
        await client.ConnectAsync(options, TestContext.Current.CancellationToken);
        await client.SubscribeAsync(
            topics, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);
        return client;
    }
}
