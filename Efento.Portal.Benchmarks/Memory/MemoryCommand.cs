using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.Memory;

/// <summary>The command <c>memory</c>.</summary>
internal static class MemoryCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var loggers = new Option<int>("--loggers") { Description = "Measuring points, a multiple of ten.", DefaultValueFactory = _ => 100 };
        var circuits = new Option<int>("--circuits") { Description = "Pages held open all the time.", DefaultValueFactory = _ => 40 };
        var walls = new Option<int>("--walls") { Description = "Connections to the live hub beside them.", DefaultValueFactory = _ => 5 };
        var pause = new Option<double>("--pause") { Description = "Seconds from one visit to the next of somebody who opens a page and leaves it; 0 for none.", DefaultValueFactory = _ => 1 };
        var minutes = new Option<double>("--minutes") { Description = "For how long.", DefaultValueFactory = _ => 20 };
        var rate = new Option<double>("--rate") { Description = "Messages a second, each of ten loggers.", DefaultValueFactory = _ => 10 };
        var directory = CommonOptions.Directory();
        var port = CommonOptions.Port();
        var command = new Command("memory", "Whether the memory of a portal with open pages stays level.") { loggers, circuits, walls, pause, minutes, rate, directory, port };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            var options = new MemoryOptions(
                parsed.GetRequiredValue(loggers),
                parsed.GetRequiredValue(circuits),
                parsed.GetRequiredValue(walls),
                TimeSpan.FromSeconds(parsed.GetRequiredValue(pause)),
                TimeSpan.FromMinutes(parsed.GetRequiredValue(minutes)),
                parsed.GetRequiredValue(rate),
                temporary.Path,
                parsed.GetRequiredValue(port));
            return await new MemoryBenchmark(options, parsed.InvocationConfiguration.Output).RunAsync(stopping) ? 0 : 1;
        });
        return command;
    }
}
