using System.Net;
using System.Net.Sockets;

namespace Efento.Portal.Tests.Notifications.Channels;

/// <summary>Takes connections and says nothing.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A port of this machine at which nobody listens.</summary>
    public static int PortOfNobody()
    {
        using var server = new SilentServer();
        return server.Port;
    }

    public async Task<Socket> AcceptAsync() => await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _listener.Dispose();
}
