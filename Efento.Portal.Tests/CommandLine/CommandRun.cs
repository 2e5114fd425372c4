using System.CommandLine;
using Efento.Portal.CommandLine;

namespace Efento.Portal.Tests.CommandLine;

/// <summary>A command run in this process.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs it.</summary>
    public static async Task<CommandRun> OfAsync(params string[] args)
    {
        using StringWriter output = new(), errors = new();
        var exitCode = await PortalCommands.RunAsync(args, new InvocationConfiguration { Output = output, Error = errors });
        return new CommandRun(exitCode, output.ToString(), errors.ToString());
    }
}
