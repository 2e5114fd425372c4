using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Efento.Portal.Tests.Support;

/// <summary>A bare connection, for what no HTTP client would send: halves, rubbish, a byte now and then.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp;
    private Stream _stream = Stream.Null;
    private readonly byte[] _one = new byte[1];

    private RawConnection(IPAddress? from) => _tcp = new TcpClient(new IPEndPoint(from ?? IPAddress.Any, 0)) { NoDelay = true };

    /// <summary>Connects to the portal, from another address of this machine if one is given.</summary>
    public static async Task<RawConnection> OpenAsync(Uri address, IPAddress? from = null)
    {
        var connection = new RawConnection(from);
        await connection._tcp.ConnectAsync(address.Host, address.Port);
        connection._stream = connection._tcp.GetStream();
        return connection;
    }

    /// <summary>Connects to the portal with TLS, whatever its certificate is.</summary>
    public static async Task<RawConnection> OpenTlsAsync(Uri address)
    {
        var connection = await OpenAsync(address);
#pragma warning disable CA5359 // Any certificate will do: what is tested lies behind it.
        var tls = new SslStream(connection._stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(address.Host);
        connection._stream = tls;
        return connection;
    }

    /// <summary>The head of a POST that announces <paramref name="length"/> bytes.</summary>
    public static string Head(string path, long length, string? token = PortalUnderTest.GatewayToken, string more = "") =>
        $"POST {path} HTTP/1.1\r\nHost: portal\r\n{(token is null ? "" : $"X-Api-Token: {token}\r\n")}Content-Type: application/json\r\nContent-Length: {length}\r\n{more}\r\n";

    /// <summary>Sends text as it is.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Says that nothing more will be sent (FIN); replies can still be read.</summary>
    public async Task EndSendingAsync()
    {
        if (_stream is SslStream tls)
        {
            await tls.ShutdownAsync();
        }

        _tcp.Client.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Resets the connection (RST).</summary>
    public void Reset() => _tcp.Client.Close(timeout: 0);

    /// <summary>Reads a reply to its end, as Content-Length has it.</summary>
    public async Task<PortalReply> ReadReplyAsync()
    {
        using var limit = new CancellationTokenSource(Until.Patience);
        var lines = await ReadHeadAsync(limit.Token);
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        List<(string Name, string Value)> headers = [.. lines[1..].Select(l => l.Split(": ", 2)).Select(p => (p[0], p[1]))];
        var reply = new PortalReply(status, headers, "");
        var body = new byte[int.Parse(reply["Content-Length"] ?? "0", CultureInfo.InvariantCulture)];
        await _stream.ReadExactlyAsync(body, limit.Token);
        return reply with { Body = Encoding.UTF8.GetString(body) };
    }

    /// <summary>Reads a reply's status alone.</summary>
    public async Task<int> ReadStatusAsync()
    {
        using var limit = new CancellationTokenSource(Until.Patience);
        var lines = await ReadHeadAsync(limit.Token);
        return int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Reads whatever comes, until the portal has closed the connection.</summary>
    public async Task<bool> IsClosedAfterAllAsync()
    {
        using var limit = new CancellationTokenSource(Until.Patience);
        try
        {
            await _stream.CopyToAsync(Stream.Null, limit.Token);
            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Waits until the portal has closed the connection.</summary>
    public async Task<bool> IsClosedAsync()
    {
        using var limit = new CancellationTokenSource(Until.Patience);
        try
        {
            return await _stream.ReadAsync(_one, limit.Token) == 0;
        }
        catch (IOException)
        {
            // Reset instead of closed in order: gone as well.
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _tcp.Dispose();
    }

    private async Task<string[]> ReadHeadAsync(CancellationToken cancellation)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(_one, cancellation);
            head.Append((char)_one[0]);
        }

        return head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
