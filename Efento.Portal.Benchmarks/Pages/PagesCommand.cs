using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.Pages;

/// <summary>The command <c>pages</c>.</summary>
internal static class PagesCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var loggers = new Option<int>("--loggers") { Description = "Measuring points on the overview, a multiple of ten.", DefaultValueFactory = _ => 500 };
        var visits = new Option<int>("--visits") { Description = "First visits, each with an empty browser.", DefaultValueFactory = _ => 7 };
        var circuits = new Option<int>("--circuits") { Description = "Circuits of the overview held at once.", DefaultValueFactory = _ => 200 };
        var seconds = new Option<double>("--seconds") { Description = "For how long the CPU is watched, without pages and with them.", DefaultValueFactory = _ => 20 };
        var chromium = new Option<string>("--chromium") { Description = "Chromium's program.", DefaultValueFactory = _ => "/usr/bin/chromium" };
        var directory = CommonOptions.Directory();
        var port = CommonOptions.Port();
        var command = new Command("pages", "How fast pages open, and what open ones cost.") { loggers, visits, circuits, seconds, chromium, directory, port };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            var options = new PagesOptions(
                parsed.GetRequiredValue(loggers),
                parsed.GetRequiredValue(visits),
                parsed.GetRequiredValue(circuits),
                parsed.GetRequiredValue(seconds),
                parsed.GetRequiredValue(chromium),
                temporary.Path,
                parsed.GetRequiredValue(port));
            return await new PagesBenchmark(options, parsed.InvocationConfiguration.Output).RunAsync(stopping) ? 0 : 1;
        });
        return command;
    }
}
