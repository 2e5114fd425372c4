using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.Export;

/// <summary>The command <c>export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var directory = CommonOptions.Directory();
        var port = CommonOptions.Port();
        var command = new Command("export", "How fast programs get readings, page by page and in one answer, and the course of a series.") { directory, port };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            var benchmark = new ExportBenchmark(
                temporary.Path, parsed.GetRequiredValue(port), parsed.InvocationConfiguration.Output);
            return await benchmark.RunAsync(stopping) ? 0 : 1;
        });
        return command;
    }
}
