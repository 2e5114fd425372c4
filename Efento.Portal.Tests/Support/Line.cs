using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Efento.Portal.Tests.Support;

/// <summary>The line between a browser and the portal, which a test can cut and mend: it forwards what comes in at its own port.</summary>
public sealed class Line : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile bool _isCut;

    /// <summary>A line to a portal.</summary>
    public Line(Uri portal)
    {
        Portal = portal;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it leads; may change while it is cut.</summary>
    public Uri Portal { get; set; }

    /// <summary>Its own address.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Cuts every connection; new ones are closed at once.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var client in _open.Keys)
        {
            client.Close();
        }
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend() => _isCut = false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        await _accepting;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = ForwardAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
            return;
        }
    }

    private async Task ForwardAsync(TcpClient browser)
    {
        using var portal = new TcpClient();
        _open[browser] = _open[portal] = 0;
        try
        {
            if (!_isCut)
            {
                await portal.ConnectAsync(Portal.Host, Portal.Port, _end.Token);
                var (near, far) = (browser.GetStream(), portal.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, _end.Token), far.CopyToAsync(near, _end.Token));
            }
        }
        catch (Exception exception) when (
            exception is SocketException or IOException or ObjectDisposedException
            or InvalidOperationException or OperationCanceledException)
        {
            // Cut: both ends are closed below.
            return;
        }
        finally
        {
            _open.TryRemove(browser, out _);
            _open.TryRemove(portal, out _);
            browser.Dispose();
        }
    }
}
