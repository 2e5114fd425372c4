using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Microsoft.AspNetCore.SignalR;

namespace Efento.Portal.Streaming;

/// <summary>Tells screens and programs how every point stands that they may see, and what changes. It takes no calls: whoever is connected listens.</summary>
internal sealed partial class LiveHub(
    IHubContext<LiveHub, ILiveClient> clients, LiveGroups groups, Followers followers, ServerVersion version, TimeProvider time, ILogger<LiveHub> logger)
    : Hub<ILiveClient>
{
    /// <summary>Where people's pages and programs connect.</summary>
    public const string Path = "/hubs/live";

    /// <summary>Where screens connect: their cookie goes nowhere else.</summary>
    public const string ScreenPath = $"{ScreenAuthentication.Path}/live";

    /// <summary>So long what was said last has time to arrive before the connection is ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        var address = Context.GetHttpContext() is { } request ? Networks.AddressOf(request.Connection).ToString() : "";

        // The hub ends with this call; the listener lives as long as the connection.
        var listener = new LiveListener(clients.Clients.Client(Context.ConnectionId), Context.User!, address, groups, followers, version, time);
        _ = RunAsync(listener, Context);
        return Task.CompletedTask;
    }

    private async Task RunAsync(LiveListener listener, HubCallerContext connection)
    {
        try
        {
            await listener.RunAsync(connection.ConnectionAborted);
            await Task.Delay(LastWords, time, connection.ConnectionAborted);
        }
        catch (OperationCanceledException) when (connection.ConnectionAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            // Whoever listened connects again and is told everything anew.
            LogFault(logger, fault);
        }

        connection.Abort();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A screen or program could not be told what changed; it was disconnected")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
