using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Efento.Portal.Tests.Notifications.Channels.Email;

/// <summary>A mail server that takes access tokens alone, as those of large providers do (XOAUTH2, OAUTHBEARER).</summary>
internal sealed class TokenMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _shown = new();
    private readonly Task _running;
    private int _mails;

    public TokenMailServer()
    {
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it offers.</summary>
    public string Mechanism { get; init; } = "XOAUTH2";

    /// <summary>The tokens that it takes.</summary>
    public ConcurrentDictionary<string, bool> Valid { get; } = [];

    /// <summary>What was shown to sign in, in clear text with spaces for the bytes between, in this order.</summary>
    public IReadOnlyList<string> Shown => [.. _shown];

    /// <summary>How many mails it took.</summary>
    public int Mails => Volatile.Read(ref _mails);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException)
            {
                // The test is over, or the other side has left.
                continue;
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.site.example");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("AUTH ", StringComparison.Ordinal))
            {
                await SignInAsync(line, reader, writer);
            }
            else if (line is "DATA")
            {
                await TakeAsync(reader, writer);
            }
            else
            {
                await writer.WriteLineAsync(line.StartsWith("EHLO", StringComparison.Ordinal)
                    ? $"250-mail.site.example\r\n250 AUTH {Mechanism}"
                    : line is "QUIT" ? "221 bye" : "250 OK");
            }
        }
    }

    private async Task SignInAsync(string line, StreamReader reader, StreamWriter writer)
    {
        var shown = Encoding.ASCII.GetString(Convert.FromBase64String(line.Split(' ')[2])).Replace('\u0001', ' ').Trim();
        _shown.Enqueue(shown);
        if (Valid.ContainsKey(shown.Split("Bearer ")[1]))
        {
            await writer.WriteLineAsync("235 welcome");
            return;
        }

        // The reason is told first, and the client says that it has read it.
        await writer.WriteLineAsync($"334 {Convert.ToBase64String("""{"status":"401"}"""u8)}");
        await reader.ReadLineAsync(_stop.Token);
        await writer.WriteLineAsync("535 5.7.8 the token is not valid");
    }

    private async Task TakeAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        while (await reader.ReadLineAsync(_stop.Token) is not ".")
        {
        }

        Interlocked.Increment(ref _mails);
        await writer.WriteLineAsync("250 taken");
    }
}
