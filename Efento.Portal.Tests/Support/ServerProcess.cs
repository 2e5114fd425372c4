using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Efento.Portal.Tests.Support;

/// <summary>A server that others wrote (a proxy, a broker), as a process that ends with the test.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>Below the ports that the system gives to clients: those of other tests would take a free one meanwhile.</summary>
    private const int FirstPort = 15_000, LastPort = 32_000;

    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    /// <summary>Starts a program, which Debian may have put where administrators alone find it.</summary>
    public ServerProcess(string program, params string[] arguments)
    {
        _process = Process.Start(
            new ProcessStartInfo(File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : program, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true
            })!;
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        int port;
        do
        {
            port = Random.Shared.Next(FirstPort, LastPort);
        }
        while (IsListening(port));
        return port;
    }

    /// <summary>Waits until it takes connections. A server that ends instead fails the test with what it said.</summary>
    public async Task<ServerProcess> ListeningAsync(int port)
    {
        await Until.TrueAsync(() => _process.HasExited || IsListening(port));
        Assert.False(_process.HasExited, string.Join('\n', _said));
        return this;
    }

    /// <summary>Whether a server of this machine takes connections.</summary>
    public static bool IsListening(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            // Not yet.
            return false;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
