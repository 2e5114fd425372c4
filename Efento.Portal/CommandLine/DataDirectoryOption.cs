using System.CommandLine;

namespace Efento.Portal.CommandLine;

/// <summary>The option <c>--data-directory</c> of serving and of the commands that change data.</summary>
internal static class DataDirectoryOption
{
    private const string Name = "--data-directory";

    /// <summary>Adds the option to a command and its subcommands.</summary>
    public static void AddTo(Command command) => command.Options.Add(new Option<string>(Name)
    {
        Description = "The portal's data directory. Default: the setting Portal:DataDirectory, or else data/ in the working directory.",
        HelpName = "path",
        Recursive = command is not RootCommand,
    });

    /// <summary>The option as a setting of the host.</summary>
    public static string[] SettingsOf(ParseResult parsed) =>
        parsed.GetValue<string>(Name) is { } path ? [$"--Portal:DataDirectory={path}"] : [];
}
