using System.CommandLine;
using System.Text;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>rules</c>.</summary>
internal static class RulesCommand
{
    /// <summary>Makes the command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command(
            "rules",
            """
            Writes the rules of alarms as one document, and takes such a document. docs/alarms.md describes it. It asks the running portal, or changes the data itself when none runs; effective at once.

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
        var command = new Command("export", "Prints all rules in force as a document: rules export > rules.json.");
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, new ExportRules(), stopping));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "The path of the document." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be made, changed and ended, and change nothing." };
        var command = new Command("import", "Makes the document the whole set of rules: rules that it lacks end, but for those that are built in. If anything in it is wrong, nothing is changed.") { file, dryRun };
        command.SetAction((parsed, stopping) => Outcome.OfAsync(
            parsed.InvocationConfiguration,
            async () =>
            {
                var document = await File.ReadAllTextAsync(parsed.GetRequiredValue(file), Encoding.UTF8, stopping);
                return await ControlCommand.RunAsync(parsed, new ImportRules(document, parsed.GetValue(dryRun)), stopping);
            }));
        return command;
    }
}
