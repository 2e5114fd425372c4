using System.CommandLine;
using System.Globalization;
using Efento.Portal.CommandLine;
using Efento.Portal.Configuration;
using Efento.Portal.Demo;
using Efento.Portal.Simulation;
using Efento.Portal.Texts;

namespace Efento.Portal;

/// <summary>The commands of the program.</summary>
internal static class PortalCommands
{
    /// <summary>Parses and runs the arguments.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">The console to print to; the default is the process's own.</param>
    /// <returns>The exit code (<see cref="ExitCodes"/>).</returns>
    public static Task<int> RunAsync(string[] args, InvocationConfiguration? console = null)
    {
        // The log, the commands and their answers are in the first language on every machine. Only pages have the language of their user.
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = Languages.Default.Culture;
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        var root = Create();
        var parsed = root.Parse(args, parsing);
        console ??= new InvocationConfiguration();
        if (!parsed.CommandResult.Command.TreatUnmatchedTokensAsErrors)
        {
            // The portal handles the request to end itself. The library would allow two seconds and return another exit code.
            console.ProcessTerminationTimeout = null;
        }
        else
        {
            // Only serving and the demo accept arguments that the library does not know. Without this, other commands would accept them
            // too.
            root.TreatUnmatchedTokensAsErrors = true;
            parsed = root.Parse(args, parsing);
        }

        return parsed.InvokeWithExitCodeAsync(console);
    }

    /// <summary>All commands with their options.</summary>
    internal static RootCommand Create()
    {
        var root = new RootCommand(
            $"""
            Efento Portal: takes measurements from Efento Gateways, keeps them and shows them live.

            Without a command it serves at {PortalHost.DefaultUrl} and keeps its data in data/ under the working directory. Every setting can be given as an option: --urls http://0.0.0.0:5080, --Portal:Ingest:MaxBodyBytes=1000000.

            Exit codes: 0 done or ended when asked to; 1 it could not be done; 2 wrong arguments or settings.
            """);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(TokensCommand.Create());
        root.Subcommands.Add(UsersCommand.Create());
        root.Subcommands.Add(MaintenanceCommand.Create());
        root.Subcommands.Add(RulesCommand.Create());
        root.Subcommands.Add(NotificationsCommand.Create());
        root.Subcommands.Add(OutgoingCommand.Create());
        root.Subcommands.Add(ClockCommand.Create());
        root.Subcommands.Add(AuditCommand.Create());
        root.Subcommands.Add(BackupCommand.Create());
        root.Subcommands.Add(RestoreCommand.Create());
        root.Subcommands.Add(HeldCommand.Create());
        root.Subcommands.Add(TlsCommand.Create());
        ServeCommand.AddTo(root);
        return root;
    }
}
