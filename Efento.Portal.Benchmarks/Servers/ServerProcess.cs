using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Efento.Portal.Benchmarks.Servers;

/// <summary>A server under test in a process of its own, with a directory of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>The token every server under test takes.</summary>
    public const string Token = "0b6f3c1e-2f0a-4c55-9d1c-7a4f5e8d9c10";

    /// <summary>The token with which programs read from the portal.</summary>
    public const string ApiToken = "api-token-of-the-benchmarks";

    /// <summary>Who may open the portal's pages.</summary>
    public const string AdminEmail = "admin@portal.test";

    /// <summary>The password.</summary>
    public const string AdminPassword = "a password of the benchmarks";

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    private const int MostErrorLines = 400;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private bool _isError;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>CPU time it has taken.</summary>
    public TimeSpan Cpu => _process.TotalProcessorTime;

    /// <summary>The most memory it ever had resident, in MB (10^6 bytes).</summary>
    public double PeakMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    /// <summary>The memory it has resident now, in MB (10^6 bytes).</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>The first lines of the errors in its log.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>This program again, with a verb that serves.</summary>
    public static Task<ServerProcess> StartOwnAsync(int port, params string[] verb) =>
        StartAsync(SelfCommand.Create([.. verb, "--port", port.ToString(CultureInfo.InvariantCulture)]), port);

    /// <summary>
    /// The portal itself, the program that is shipped, with its database in <paramref name="directory"/>, and with the rules of a file
    /// if there is one.
    /// </summary>
    public static Task<ServerProcess> StartPortalAsync(int port, string directory, string? rules = null)
    {
        var start = SelfCommand.Program(typeof(global::Program).Assembly);
        start.WorkingDirectory = directory;
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["Portal__DataDirectory"] = directory;
        start.Environment["Portal__Setup__GatewayToken"] = Token;
        start.Environment["Portal__Setup__ApiToken"] = ApiToken;
        start.Environment["Portal__Setup__AdminEmail"] = AdminEmail;
        start.Environment["Portal__Setup__AdminPassword"] = AdminPassword;
        if (rules is not null)
        {
            start.Environment["Portal__Setup__Rules"] = rules;
        }

        // The whole fleet appears on one day.
        start.Environment["Portal__Ingest__MaxNewLoggersPerTokenPerDay"] = "1000000";
        start.Environment["Portal__Ingest__MaxNewGatewaysPerTokenPerDay"] = "1000000";
        return StartAsync(start, port);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(ProcessStartInfo start, int port)
    {
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        var server = new ServerProcess(process, port);
        process.OutputDataReceived += (_, line) => server.Keep(line.Data ?? "");
        process.BeginOutputReadLine();
        try
        {
            await server.AwaitListeningAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    // An error is a line with its level and the lines of the exception after it.
    private void Keep(string line)
    {
        var begins = line.Length > 0 && char.IsAsciiDigit(line[0]);
        _isError = begins ? line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal) : _isError;
        if (_isError && _errors.Count < MostErrorLines)
        {
            _errors.Enqueue(line);
        }
    }

    private async Task AwaitListeningAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < StartPatience; await Task.Delay(20))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The server ended by itself with exit code {_process.ExitCode}.");
            }

            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionRefused)
            {
                // Not yet.
            }
        }

        throw new InvalidOperationException($"The server did not listen on port {Port} within {StartPatience}.");
    }
}
