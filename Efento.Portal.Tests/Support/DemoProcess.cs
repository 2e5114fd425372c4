using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Efento.Portal.Tests.Support;

/// <summary>The demo as a process of its own, with a place of its own for temporary files.</summary>
public sealed partial class DemoProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DemoProcess(string temporary, string[] arguments)
    {
        var command = UsualShell.Of(["dotnet", PortalProcess.Program, "demo", .. arguments]);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = temporary };
        start.Environment["TMPDIR"] = temporary;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("The demo ended before it was ready."));
        _process.Start();
        _process.BeginOutputReadLine();
    }

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it; it is not ready yet.</summary>
    /// <param name="temporary">Where temporary files go.</param>
    /// <param name="arguments">Further arguments.</param>
    public static DemoProcess Start(string temporary, params string[] arguments) =>
        new(temporary, ["--urls=http://127.0.0.1:0", .. arguments]);

    /// <summary>Waits until it says that it is ready, and where; some minutes at most, for a machine with much else to do.</summary>
    public Task<Uri> ReadyAsync() => _ready.Task.WaitAsync(TimeSpan.FromMinutes(5));

    /// <summary>Ends it at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end as Ctrl+C does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null && Ready().Match(line) is { Success: true } ready)
        {
            _ready.TrySetResult(new Uri(ready.Groups[1].Value));
        }
    }

    [GeneratedRegex("^The demo is ready after [0-9]+ s: (.+)$")]
    private static partial Regex Ready();
}
