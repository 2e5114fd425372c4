using System.Diagnostics;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Packaging;

/// <summary>Programs of the system, run until they end by themselves.</summary>
internal static class ShellRun
{
    /// <summary>What a command printed on both outputs. One that fails, or lasts longer than the limit, fails the test.</summary>
    public static async Task<string> OfAsync(TimeSpan limit, params string[] command)
    {
        var shell = UsualShell.Of(["/bin/sh", "-c", "exec \"$@\" 2>&1", "sh", .. command]);
        var start = new ProcessStartInfo(shell[0], shell[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(limit);
            await process.WaitForExitAsync().WaitAsync(limit);
            Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}:\n{output}");
            return output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
