using System.CommandLine;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>held</c>.</summary>
internal static class HeldCommand
{
    /// <summary>Makes the command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command(
            "held",
            """
            A portal that was restored from a backup, or whose database was copied, sends nothing until somebody says what becomes of the messages that waited: the portal it came from may have sent them, or may be running still. It asks the running portal, or changes the data itself when none runs; effective at once.

            Exit codes: 0 done; 1 it could not be done and nothing was changed; 2 wrong arguments or settings.
            """)
        {
            Simple("show", "Shows since when and why nothing is sent, how much waits, and which tokens are valid.", new ShowHeld()),
            Simple("send", "Sends what waited, and everything from now on.", new ReleaseHeld(IsDropped: false)),
            Simple("drop", "Drops what waited, and sends what happens from now on. Feeds go on with what is stored from now on.", new ReleaseHeld(IsDropped: true)),
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
