using System.Globalization;
using System.Text.Json;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Load;

/// <summary>
/// Runs the load generator in a process of its own: its sockets complete on the one thread that polls them, which takes the least CPU
/// from the server beside it and can only be chosen when a process starts.
/// </summary>
internal static class LoadProcess
{
    /// <summary>Runs <paramref name="options"/> and gives what was measured.</summary>
    public static async Task<LoadResult> RunAsync(LoadOptions options, CancellationToken stopping)
    {
        var start = SelfCommand.Create("load", JsonSerializer.Serialize(options));
        start.RedirectStandardOutput = true;
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1";
        using var process = System.Diagnostics.Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(stopping);
            await process.WaitForExitAsync(stopping);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<LoadResult>(output)!
                : throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"The load generator failed ({process.ExitCode})."));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>What the process does.</summary>
    public static int Execute(string options)
    {
        var result = LoadRun.Execute(JsonSerializer.Deserialize<LoadOptions>(options)!);
        Console.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }
}
