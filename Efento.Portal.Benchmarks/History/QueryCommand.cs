using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.History;

/// <summary>The command <c>query</c>.</summary>
internal static class QueryCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var rows = CommonOptions.Rows();
        var directory = CommonOptions.Directory();
        var command = new Command("query", "How fast a chart's data is read from many stored readings.") { rows, directory };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            return await new HistoryBenchmark(
                temporary.Path, parsed.InvocationConfiguration.Output).RunAsync(parsed.GetRequiredValue(rows), stopping)
                ? 0
                : 1;
        });
        return command;
    }
}
