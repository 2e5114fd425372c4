using System.CommandLine;
using System.Net.Sockets;
using Efento.Portal.Configuration;
using Efento.Portal.Data;

namespace Efento.Portal.CommandLine;

/// <summary>
/// Runs a command and reports its faults. A fault that the user can mend is reported in a sentence, without a stack trace.
/// </summary>
internal static class Outcome
{
    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> OfAsync(InvocationConfiguration console, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (SettingsException fault)
        {
            return Say(console, fault.Message, ExitCodes.WrongUsage);
        }
        catch (DataRefusedException fault)
        {
            return Say(console, fault.Message, ExitCodes.Failure);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SocketException or FormatException)
        {
            return Say(console, CouldNotBeDone(fault.Message), ExitCodes.Failure);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            return Say(console, CouldNotBeDone(fault.Message), ExitCodes.Failure);
        }
    }

    private static string CouldNotBeDone(string why) => $"This could not be done: {why}";

    private static int Say(InvocationConfiguration console, string sentence, int exitCode)
    {
        console.Error.WriteLine(sentence);
        return exitCode;
    }
}
