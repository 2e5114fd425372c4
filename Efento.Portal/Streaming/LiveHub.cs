using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Configuration;
using Microsoft.AspNetCore.SignalR;

namespace Efento.Portal.Streaming;

/// <summary>
/// Sends screens and programs the state of every point that they may see, and every change. Clients can't call any methods.
/// </summary>
internal sealed partial class LiveHub(
    IHubContext<LiveHub, ILiveClient> clients, LiveGroups groups, LiveSubscribers followers, ServerVersion version, TimeProvider time,
    ILogger<LiveHub> log)
    : Hub<ILiveClient>
{
    /// <summary>The path for pages and programs.</summary>
    public const string Path = "/hubs/live";

    /// <summary>The path for screens. Their cookie is valid for this path only.</summary>
    public const string ScreenPath = $"{ScreenAuthentication.Path}/live";

    /// <summary>How long the last message may take to arrive before the connection is closed.</summary>
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        var request = Context.GetHttpContext()!;
        var address = Networks.AddressOf(request.Connection).ToString();

        // The hub object ends with this call; the listener lives as long as the connection.
        var listener = new LiveListener(
            clients.Clients.Client(Context.ConnectionId), Context.User!, address, LiveView.Of(request.Request.Query), groups, followers,
            version, time);
        _ = RunAsync(listener, Context);
        return Task.CompletedTask;
    }

    private async Task RunAsync(LiveListener listener, HubCallerContext connection)
    {
        try
        {
            await listener.RunAsync(connection.ConnectionAborted);
            await Task.Delay(ClosingTime, time, connection.ConnectionAborted);
        }
        catch (OperationCanceledException) when (connection.ConnectionAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            // The client connects again and receives the complete state.
            LogFault(log, fault);
        }

        connection.Abort();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A change could not be sent to a screen or program; it was disconnected")]
    private static partial void LogFault(ILogger log, Exception fault);
}
