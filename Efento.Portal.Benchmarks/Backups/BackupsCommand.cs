using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.Backups;

/// <summary>The command <c>backup</c>.</summary>
internal static class BackupsCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var directory = CommonOptions.Directory();
        var port = CommonOptions.Port();
        var rows = new Option<long>("--rows") { Description = "Readings stored beforehand.", DefaultValueFactory = _ => 5_000_000 };
        var command = new Command("backup", "What a backup costs gateways that deliver meanwhile.") { directory, port, rows };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            var benchmark = new BackupsBenchmark(temporary.Path, parsed.GetRequiredValue(port), parsed.InvocationConfiguration.Output);
            return await benchmark.RunAsync(parsed.GetRequiredValue(rows), stopping) ? 0 : 1;
        });
        return command;
    }
}
