using System.CommandLine;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>clock</c>.</summary>
internal static class ClockCommand
{
    /// <summary>Makes the command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command(
            "clock",
            """
            The server's clock. Where it was ahead and is right again, gateways are answered 503 until it is accepted; where it jumped by days, nothing is deleted by age. It asks the running portal, or changes the data itself when none runs; effective at once.

            Exit codes: 0 done, or nothing to do; 1 it could not be done and nothing was changed; 2 wrong arguments or settings.
            """)
        {
            Simple("accept", "Says that the server's clock is right as it is now.", new AcceptClock()),
            Simple("status", "Shows what the clock says and what is wrong with it.", new ShowClock()),
        };
        DataDirectoryOption.AddTo(command);
        return command;
    }

    private static Command Simple(string name, string description, ControlRequest request)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, request, stopping));
        return command;
    }
}
