using System.CommandLine;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>outgoing</c>.</summary>
internal static class OutgoingCommand
{
    /// <summary>Makes the command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command(
            "outgoing",
            """
            Shows how far the feeds of Portal:Outgoing have sent measurements on, and sets them back or forth. docs/outgoing.md describes feeds. It asks the running portal, or changes the data itself when none runs; effective at once.

            Exit codes: 0 done; 1 it could not be done and nothing was changed; 2 wrong arguments or settings.
            """)
        {
            List(),
            Reset(),
        };
        DataDirectoryOption.AddTo(command);
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the feeds: up to which time of receipt each has sent, how many messages follow, and what keeps it from sending.");
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, new ListOutgoing(), stopping));
        return command;
    }

    private static Command Reset()
    {
        var key = new Argument<string>("key") { Description = "The key of the feed." };
        var from = new Option<string?>("--from")
        {
            Description = "Send again what was received from this time on, such as 2026-03-01T15:00Z; a time without a zone is UTC.",
            HelpName = "time",
        };
        var command = new Command("reset", "Has a feed go on with what is stored from now on, so that it never sends what follows; with --from, has it send again.") { key, from };
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(
            parsed, new ResetOutgoing(parsed.GetRequiredValue(key), parsed.GetValue(from)), stopping));
        return command;
    }
}
