using System.CommandLine;
using System.Globalization;
using Efento.Portal.Configuration;
using Efento.Portal.Demo;
using Efento.Portal.Simulation;
using Efento.Portal.Texts;

namespace Efento.Portal.CommandLine;

/// <summary>The commands of the program.</summary>
public static class PortalCommands
{
    /// <summary>Runs what the arguments say.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">Where it prints; the default is the console.</param>
    /// <returns>The exit code (<see cref="ExitCodes"/>).</returns>
    public static Task<int> RunAsync(string[] args, InvocationConfiguration? console = null)
    {
        // Whatever no person's page asks for is said in English, on every machine: the log, the commands and their answers.
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = Languages.CultureOf(Languages.English);
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        var root = Create();
        var parsed = root.Parse(args, parsing);
        console ??= new InvocationConfiguration();
        if (!parsed.CommandResult.Command.TreatUnmatchedTokensAsErrors)
        {
            // The portal ends by itself when it is asked to; the library would give it two seconds and another exit code.
            console.ProcessTerminationTimeout = null;
        }
        else
        {
            // Only serving, and the demo, take what the library does not know; it would let other commands do so, too.
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
        root.Subcommands.Add(ClockCommand.Create());
        root.Subcommands.Add(AuditCommand.Create());
        root.Subcommands.Add(TlsCommand.Create());
        ServeCommand.AddTo(root);
        return root;
    }
}
