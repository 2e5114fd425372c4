using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Efento.Portal.Tests.Support;

/// <summary>The real program as a process of its own, to be killed, starved and signalled.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Halt = 19;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The portal ended before it listened."));
    }

    /// <summary>The program as it was built: it lies beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Efento.Portal.dll");

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it printed.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts the program on a data directory and waits until it is ready; a minute at most.</summary>
    /// <param name="dataDirectory">Where its data is.</param>
    /// <param name="arguments">Further arguments.</param>
    /// <param name="environment">Further environment variables.</param>
    /// <param name="workingDirectory">Where it runs. The default is the data directory.</param>
    /// <param name="logFile">The file it prints to, as a service's log would be; else it prints to <see cref="Output"/>.</param>
    /// <param name="descriptors">How many files and connections it may have open (ulimit -n); as many as the tests if null.</param>
    public static async Task<PortalProcess> StartAsync(
        string dataDirectory,
        IEnumerable<string>? arguments = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? logFile = null,
        string? workingDirectory = null,
        int? descriptors = null)
    {
        var command = UsualShell.Of(
            ["dotnet", Program, "--urls", "http://127.0.0.1:0", "--Portal:DataDirectory", dataDirectory, .. arguments ?? []]);
        if (descriptors is not null)
        {
            command = ["/bin/sh", "-c", $"ulimit -n {descriptors}; exec \"$@\"", "sh", .. command];
        }

        if (logFile is not null)
        {
            command = ["/bin/sh", "-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", logFile, .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? dataDirectory,
        };
        start.Environment["Portal__Setup__GatewayToken"] = PortalUnderTest.GatewayToken;
        start.Environment["Portal__Setup__ApiToken"] = PortalUnderTest.ApiToken;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return await StartAsync(start, logFile);
    }

    /// <summary>Starts the program where it was installed, by this command, and waits until it is ready; a minute at most.</summary>
    public static Task<PortalProcess> StartInstalledAsync(params string[] command) =>
        StartAsync(
            new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true }, logFile: null);

    /// <summary>Ends it at once, without a chance to tidy up (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    public void Stop() => Assert.Equal(0, Signal(_process.Id, Terminate));

    /// <summary>Suspends it, so that its connections stay open and silent (SIGSTOP).</summary>
    public void Suspend() => Assert.Equal(0, Signal(_process.Id, Halt));

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Resume() => Assert.Equal(0, Signal(_process.Id, Continue));

    /// <summary>Waits until it has ended.</summary>
    public Task WaitForExitAsync(TimeSpan limit) => _process.WaitForExitAsync().WaitAsync(limit);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static async Task<PortalProcess> StartAsync(ProcessStartInfo start, string? logFile)
    {
        var portal = new PortalProcess(start);
        try
        {
            await portal.RunAsync(logFile);
            return portal;
        }
        catch (Exception)
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    private async Task RunAsync(string? logFile)
    {
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (logFile is not null)
        {
            await Until.TrueAsync(() => _process.HasExited || (File.Exists(logFile) && ReadLog(logFile)), StartLimit);
        }

        try
        {
            Address = await _listening.Task.WaitAsync(StartLimit);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"The portal did not start.\n{Output}", exception);
        }
    }

    private bool ReadLog(string logFile)
    {
        foreach (var line in File.ReadAllLines(logFile))
        {
            Take(line);
        }

        return _listening.Task.IsCompleted;
    }

    private void Take(string? line)
    {
        const string Listening = "Now listening on: ";
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
        {
            // In a log of JSON the text ends with its quotation mark.
            _listening.TrySetResult(new Uri(line[(at + Listening.Length)..].Split('"')[0].Trim()));
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
