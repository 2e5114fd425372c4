using System.CommandLine;
using System.Net.Sockets;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.CommandLine;

/// <summary>How a command ends: what people can help is said in a sentence, without a stack trace.</summary>
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
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SocketException or SqliteException or DbUpdateException or FormatException)
        {
            return Say(console, $"This could not be done: {(fault is DbUpdateException ? fault.GetBaseException() : fault).Message}", ExitCodes.Failure);
        }
    }

    private static int Say(InvocationConfiguration console, string sentence, int exitCode)
    {
        console.Error.WriteLine(sentence);
        return exitCode;
    }
}
