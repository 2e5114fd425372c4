using System.Net;
using SmtpServer;
using SmtpServer.Net;
using SmtpServer.Storage;
using ServiceProvider = SmtpServer.ComponentModel.ServiceProvider;

namespace Efento.Portal.Demo.Mail;

/// <summary>A mail server within the demo, for its own mail box and on this machine alone.</summary>
internal sealed class DemoMailServer(DemoMailBox box) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Starts it on a free port.</summary>
    /// <returns>The port.</returns>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, started) => port.TrySetResult(((IPEndPoint)started.LocalEndPoint).Port);
        var services = new ServiceProvider();
        services.Add((IEndpointListenerFactory)listeners);
        services.Add((IMessageStore)box);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, 0))).Build();
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
        return await port.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }
    }
}
