using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.Live;

/// <summary>The command <c>live</c>.</summary>
internal static class LiveCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var circuits = new Option<int>("--circuits") { Description = "Circuits beside the visible page.", DefaultValueFactory = _ => 19 };
        var rate = new Option<double>("--rate") { Description = "Messages a second beside the measured ones.", DefaultValueFactory = _ => 200 };
        var loggers = new Option<int>("--loggers") { Description = "Loggers on the overview, a multiple of ten.", DefaultValueFactory = _ => 100 };
        var samples = new Option<int>("--samples") { Description = "How often is measured, quiet and under load.", DefaultValueFactory = _ => 25 };
        var chromium = new Option<string>("--chromium") { Description = "Chromium's program.", DefaultValueFactory = _ => "/usr/bin/chromium" };
        var directory = CommonOptions.Directory();
        var port = CommonOptions.Port();
        var command = new Command("live", "How soon a browser shows what a gateway sent.") { circuits, rate, loggers, samples, chromium, directory, port };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            var options = new LiveOptions(
                parsed.GetRequiredValue(circuits),
                parsed.GetRequiredValue(rate),
                parsed.GetRequiredValue(loggers),
                parsed.GetRequiredValue(samples),
                parsed.GetRequiredValue(chromium),
                temporary.Path,
                parsed.GetRequiredValue(port));
            return await new LiveBenchmark(options, parsed.InvocationConfiguration.Output).RunAsync(stopping) ? 0 : 1;
        });
        return command;
    }
}
