using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.History;

/// <summary>The command <c>history</c>.</summary>
internal static class HistoryCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var directory = CommonOptions.Directory();
        var command = new Command("history", "How fast a year and five years of a measuring point open.") { directory };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            return await new LongHistoryBenchmark(temporary.Path, parsed.InvocationConfiguration.Output).RunAsync(stopping) ? 0 : 1;
        });
        return command;
    }
}
