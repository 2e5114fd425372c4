using System.Net;
using System.Net.Sockets;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>
/// Opens the connections of outgoing HTTP. A name is resolved once, its addresses are checked, and the connection goes to a checked one: a
/// name that means something else a moment later leads nowhere else.
/// </summary>
internal sealed class GuardedConnector(IHostNames names, TimeProvider time, bool allowPrivateNetworks)
{
    /// <summary>How long an address is tried while there is another one.</summary>
    private static readonly TimeSpan LimitOfOne = TimeSpan.FromSeconds(5);

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await names.AddressesOfAsync(host, cancellationToken);
        var allowed = allowPrivateNetworks ? addresses : [.. addresses.Where(AddressGuard.IsPublic)];
        if (allowed.Length == 0)
        {
            throw new ForbiddenAddressException(host, addresses);
        }

        var conversation = ConversationOf(context.InitialRequestMessage);
        foreach (var address in allowed[..^1])
        {
            if (await TryConnectAsync(new IPEndPoint(address, port), conversation, cancellationToken) is { } stream)
            {
                return stream;
            }
        }

        return await ConnectAsync(new IPEndPoint(allowed[^1], port), conversation, cancellationToken);
    }

    private async Task<Stream?> TryConnectAsync(IPEndPoint server, Conversation? conversation, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LimitOfOne, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ConnectAsync(server, conversation, either.Token);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            conversation?.Noted($"{server}: {FaultWords.Of(fault)}");
            return null;
        }
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint server, Conversation? conversation, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        conversation?.Noted($"Connected to {server}");
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static Conversation? ConversationOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(OutgoingHttp.ConversationKey, out var conversation) ? conversation : null;
}
