using System.CommandLine;
using BenchmarkDotNet.Running;
using Efento.Portal.Benchmarks.Backups;
using Efento.Portal.Benchmarks.Export;
using Efento.Portal.Benchmarks.Filling;
using Efento.Portal.Benchmarks.History;
using Efento.Portal.Benchmarks.Live;
using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Memory;
using Efento.Portal.Benchmarks.Pages;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Benchmarks.Rules;
using Efento.Portal.Benchmarks.Servers;
using Efento.Portal.Benchmarks.Throughput;

namespace Efento.Portal.Benchmarks;

/// <summary>What the portal's performance claims stand on. Exit codes: 0 every claim holds, 1 one does not.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Measures the portal's performance claims. Exit codes: 0 every claim holds, 1 one does not.")
        {
            IngestCommand.Create(),
            QueryCommand.Create(),
            HistoryCommand.Create(),
            ExportCommand.Create(),
            LiveCommand.Create(),
            PagesCommand.Create(),
            MemoryCommand.Create(),
            RulesCommand.Create(),
            BackupsCommand.Create(),
            Micro(),
            Fill(),
            ServeCeiling(),
            ServeEfCore(),
            Load(),
        };
        return root.Parse(args).InvokeAsync();
    }

    private static Command Micro()
    {
        var command = new Command("micro", "BenchmarkDotNet; arguments after it are BenchmarkDotNet's, such as --filter '*Reader*'.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(parsed =>
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. parsed.UnmatchedTokens]);
        });
        return command;
    }

    private static Command Fill()
    {
        var rows = CommonOptions.Rows();
        var directory = new Argument<string>("directory") { Description = "The data directory; created if missing." };
        var command = new Command("fill", "Only fills a database, to be tried by hand.") { directory, rows };
        command.SetAction(async (parsed, stopping) =>
        {
            var target = Directory.CreateDirectory(parsed.GetRequiredValue(directory)).FullName;
            var written = await FilledDatabase.FillAsync(target, parsed.GetRequiredValue(rows), stopping);
            parsed.InvocationConfiguration.Output.WriteLine($"{written:#,0} readings in {target}");
        });
        return command;
    }

    // What the processes under test are started with.
    private static Command ServeCeiling()
    {
        var port = new Option<int>("--port") { Required = true };
        var command = new Command("serve-ceiling") { port };
        command.Hidden = true;
        command.SetAction((parsed, stopping) => CeilingServer.RunAsync(parsed.GetRequiredValue(port), stopping));
        return command;
    }

    private static Command ServeEfCore()
    {
        var port = new Option<int>("--port") { Required = true };
        var directory = new Option<string>("--directory") { Required = true };
        var command = new Command("serve-efcore") { port, directory };
        command.Hidden = true;
        command.SetAction(
            (parsed, stopping) => EfCoreServer.RunAsync(parsed.GetRequiredValue(port), parsed.GetRequiredValue(directory), stopping));
        return command;
    }

    private static Command Load()
    {
        var options = new Argument<string>("options");
        var command = new Command("load") { options };
        command.Hidden = true;
        command.SetAction(parsed => LoadProcess.Execute(parsed.GetRequiredValue(options)));
        return command;
    }
}
