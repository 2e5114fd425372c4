using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.Throughput;

/// <summary>The command <c>ingest</c>.</summary>
internal static class IngestCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "Length of a run.", DefaultValueFactory = _ => 6 };
        var rounds = new Option<int>("--rounds") { Description = "Runs of each server, by turns.", DefaultValueFactory = _ => 3 };
        var rows = CommonOptions.Rows();
        var directory = CommonOptions.Directory();
        var port = CommonOptions.Port();
        var command = new Command("ingest", "How fast messages are taken in: the portal against a ceiling and against EF Core.") { seconds, rounds, rows, directory, port };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            var options = new ThroughputOptions(
                parsed.GetRequiredValue(seconds), parsed.GetRequiredValue(rounds), parsed.GetRequiredValue(rows), temporary.Path,
                parsed.GetRequiredValue(port));
            return await new IngestBenchmark(options, parsed.InvocationConfiguration.Output).RunAsync(stopping) ? 0 : 1;
        });
        return command;
    }
}
