using System.CommandLine;

namespace Efento.Portal.CommandLine;

/// <summary>The option <c>--data-directory</c> of serving and of the commands that change data.</summary>
internal static class DataDirectoryOption
{
    private const string Name = "--data-directory";

    /// <summary>Gives a command and its subcommands the option.</summary>
    public static void AddTo(Command command) => command.Options.Add(new Option<string>(Name)
    {
        Description = "The portal's data directory. Without it the settings decide (Portal:DataDirectory), at last data/ under the working directory.",
        HelpName = "path",
        Recursive = command is not RootCommand,
    });

    /// <summary>The option as a setting of the host.</summary>
    public static string[] SettingsOf(ParseResult parsed) =>
        parsed.GetValue<string>(Name) is { } path ? [$"--Portal:DataDirectory={path}"] : [];
}
