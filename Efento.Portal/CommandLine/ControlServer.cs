using System.Net.Sockets;
using System.Text.Json;
using Efento.Portal.Data;

namespace Efento.Portal.CommandLine;

/// <summary>Answers the commands of the local machine while the portal runs.</summary>
internal sealed partial class ControlServer(
    DataDirectory directory, ControlPanel panel, TimeProvider time, ILogger<ControlServer> log) : BackgroundService
{
    /// <summary>How long it may take until a request has arrived.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private Socket? _socket;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _socket = ControlSocket.Listen(directory);
        }
        catch (Exception fault) when (fault is IOException or SocketException or UnauthorizedAccessException or ArgumentException)
        {
            // The portal goes on: gateways can be served without the socket.
            LogNoSocket(log, ControlSocket.PathFor(directory), fault.Message);
            return Task.CompletedTask;
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_socket is not null)
        {
            _socket.Dispose();
            ControlSocket.Remove(directory);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var connection = await _socket!.AcceptAsync(stoppingToken);
                if (SocketPeer.MayCommand(connection))
                {
                    _ = AnswerAsync(connection, stoppingToken);
                }
                else
                {
                    LogForeign(log, SocketPeer.UserOf(connection));
                    connection.Dispose();
                }
            }
            catch (SocketException fault)
            {
                // The cause may be too many open files. Gateways are still served.
                LogBroken(log, fault.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task AnswerAsync(Socket connection, CancellationToken stoppingToken)
    {
        await using var stream = new NetworkStream(connection, ownsSocket: true);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Patience);
        try
        {
            await ControlSocket.WriteAsync(stream, new ControlGreeting(), patience.Token);
            var request = await ControlSocket.ReadAsync<ControlRequest>(stream, patience.Token);
            patience.CancelAfter(request.Patience);
            await ControlSocket.WriteAsync(stream, await DoAsync(request, patience.Token), patience.Token);
        }
        catch (Exception fault) when (
            fault is IOException or SocketException or JsonException or NotSupportedException or OperationCanceledException)
        {
            LogBroken(log, fault.Message);
        }
    }

    private async Task<ControlReply> DoAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await panel.DoAsync(request, cancellationToken);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            LogFailed(log, request.GetType().Name, thrown);
            return ControlReply.Failed($"The database refused it, nothing was changed: {fault.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Commands can't reach this portal: nothing can listen at {Path}: {Fault}")]
    private static partial void LogNoSocket(ILogger log, string path, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A command of the user with the id {User} was refused: only the portal's own user and root may give commands")]
    private static partial void LogForeign(ILogger log, uint? user);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A command was not answered: {Fault}")]
    private static partial void LogBroken(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The command {Request} failed")]
    private static partial void LogFailed(ILogger log, string request, Exception fault);
}
