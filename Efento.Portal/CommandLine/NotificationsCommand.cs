using System.CommandLine;
using System.Text;
using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>notifications</c>.</summary>
internal static class NotificationsCommand
{
    /// <summary>Makes the command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command(
            "notifications",
            """
            Writes who is told of alarms as one document, and takes such a document. docs/notifications.md describes it. It asks the running portal, or changes the data itself when none runs; effective at once.

            Exit codes: 0 done; 1 it could not be done and nothing was changed; 2 wrong arguments or settings.
            """)
        {
            Export(),
            Import(),
        };
        DataDirectoryOption.AddTo(command);
        return command;
    }

    private static Command Export()
    {
        var command = new Command("export", "Prints all channels, people and chains as a document without secrets: notifications export > notifications.json.");
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, new ExportNotifications(), stopping));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "The path of the document." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be made, changed and removed, and change nothing." };
        var command = new Command("import", "Makes the document the whole set: channels, people and chains that it lacks are removed. Stored secrets that it does not mention stay. If anything in it is wrong, nothing is changed.") { file, dryRun };
        command.SetAction((parsed, stopping) => Outcome.OfAsync(
            parsed.InvocationConfiguration,
            async () =>
            {
                var document = await File.ReadAllTextAsync(parsed.GetRequiredValue(file), Encoding.UTF8, stopping);
                var request = new ImportNotifications(document, SecretVariable.Among(document), parsed.GetValue(dryRun));
                return await ControlCommand.RunAsync(parsed, request, stopping);
            }));
        return command;
    }
}
