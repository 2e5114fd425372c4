using System.Diagnostics;

namespace Efento.Portal.Tests.Support;

/// <summary>The real program, run until it ends by itself.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs it in a directory; a minute at most.</summary>
    public static Task<ProgramRun> OfAsync(string workingDirectory, params string[] arguments) =>
        TypingAsync("", workingDirectory, arguments);

    /// <summary>Runs it in a directory with this on standard input; a minute at most.</summary>
    public static async Task<ProgramRun> TypingAsync(string input, string workingDirectory, params string[] arguments)
    {
        var command = UsualShell.Of(["dotnet", PortalProcess.Program, .. arguments]);
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit);
            return new ProgramRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
