using System.CommandLine;
using Efento.Portal.Data;

namespace Efento.Portal.CommandLine;

/// <summary>
/// Runs without a verb: the portal serves until it is asked to end. Arguments that the command line library does not know go to the host.
/// </summary>
internal static class ServeCommand
{
    /// <summary>Makes serving the default of the program.</summary>
    public static void AddTo(RootCommand root)
    {
        DataDirectoryOption.AddTo(root);
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(
            (parsed, _) =>
                Outcome.OfAsync(
                    parsed.InvocationConfiguration, () =>
                        RunAsync([.. DataDirectoryOption.SettingsOf(parsed), .. parsed.UnmatchedTokens], parsed.InvocationConfiguration)));
    }

    private static async Task<int> RunAsync(string[] settings, InvocationConfiguration console)
    {
        if (StrayWord(settings) is { } word)
        {
            console.Error.WriteLine($"\"{word}\" is no command of the portal; see --help.");
            return ExitCodes.WrongUsage;
        }

        await using var app = await StartAsync(settings);
        await (app?.WaitForShutdownAsync() ?? Task.CompletedTask);
        return ExitCodes.Success;
    }

    /// <summary>
    /// Starts the portal. If the disk is full or read-only, a waiting page is served until the disk can be written. Null if the portal is
    /// asked to end before that.
    /// </summary>
    private static async Task<WebApplication?> StartAsync(string[] settings)
    {
        while (true)
        {
            try
            {
                return await Program.StartAsync(settings);
            }
            catch (DataUnwritableException fault)
            {
                if (!await WaitingPortal.RunAsync(settings, fault))
                {
                    return null;
                }
            }
        }
    }

    /// <summary>The first word that is neither an option nor the value of one. The host would ignore it.</summary>
    internal static string? StrayWord(IReadOnlyList<string> tokens)
    {
        var isValue = false;
        foreach (var token in tokens)
        {
            var isOption = token.StartsWith('-') || token.StartsWith('/') || token.Contains('=');
            if (!isOption && !isValue)
            {
                return token;
            }

            isValue = isOption && !isValue && !token.Contains('=');
        }

        return null;
    }
}
