using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.AspNetCore;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Efento.Portal.Tests.Notifications.Channels.Mqtt;

/// <summary>A real broker of MQTT on a free port of this machine.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Broker(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }

                listen.UseMqtt();
            }));
        builder.Logging.ClearProviders();
        builder.Services.AddHostedMqttServer(options => options.WithoutDefaultEndpoint());
        builder.Services.AddMqttConnectionHandler();
        builder.Services.AddConnections();
        _app = builder.Build();
    }

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>The broker itself, for its events.</summary>
    public MqttServer Server => _app.Services.GetRequiredService<MqttServer>();

    public static async Task<Broker> StartAsync(X509Certificate2? certificate = null)
    {
        var broker = new Broker(certificate);
        await broker._app.StartAsync();
        return broker;
    }

    /// <summary>Lets one user in.</summary>
    public void AskForPassword(string user, string password) => Server.ValidatingConnectionAsync += connection =>
    {
        connection.ReasonCode = (connection.UserName, connection.Password) == (user, password)
            ? MqttConnectReasonCode.Success
            : MqttConnectReasonCode.BadUserNameOrPassword;
        return Task.CompletedTask;
    };

    /// <summary>What the broker keeps, by topic.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RetainedAsync() =>
        (await Server.GetRetainedMessagesAsync()).ToDictionary(message => message.Topic, message => message.ConvertPayloadToString());

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
