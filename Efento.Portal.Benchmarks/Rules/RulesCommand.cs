using System.CommandLine;
using Efento.Portal.Benchmarks.Reporting;

namespace Efento.Portal.Benchmarks.Rules;

/// <summary>The command <c>rules</c>.</summary>
internal static class RulesCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var directory = CommonOptions.Directory();
        var port = CommonOptions.Port();
        var command = new Command("rules", "What a rule of its own on each of 10,000 series costs: start, memory, import.") { directory, port };
        command.SetAction(async (parsed, stopping) =>
        {
            using var temporary = new TemporaryDirectory(parsed.GetRequiredValue(directory));
            return await new RulesBenchmark(temporary.Path, parsed.GetRequiredValue(port), parsed.InvocationConfiguration.Output)
                .RunAsync(stopping)
                ? 0
                : 1;
        });
        return command;
    }
}
