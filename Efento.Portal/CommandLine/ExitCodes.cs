using System.CommandLine;

namespace Efento.Portal.CommandLine;

/// <summary>The exit codes of the program's commands, as their <c>--help</c> documents them.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>It ran, but not everything succeeded.</summary>
    public const int Failure = 1;

    /// <summary>The arguments were wrong; nothing was done.</summary>
    public const int WrongUsage = 2;

    /// <summary>Runs the parsed command. Wrong arguments give <see cref="WrongUsage"/>, instead of the library's own exit code.</summary>
    public static async Task<int> InvokeWithExitCodeAsync(
        this ParseResult parsed,
        InvocationConfiguration? configuration = null,
        CancellationToken cancellation = default)
    {
        var code = await parsed.InvokeAsync(configuration, cancellation);
        return parsed.Errors.Count > 0 ? WrongUsage : code;
    }
}
