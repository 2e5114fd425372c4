using System.CommandLine;
using System.CommandLine.Parsing;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>maintenance</c>.</summary>
internal static class MaintenanceCommand
{
    private const int MaxReasonLength = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command(
            "maintenance",
            """
            While maintenance is on, gateways are answered 503: they keep their data and come again every five minutes. It asks the running portal, or changes the data itself when none runs; effective at once.

            Exit codes: 0 done; 1 it could not be done and nothing was changed; 2 wrong arguments or settings.
            """)
        {
            On(),
            Simple("off", "Turns maintenance off.", new EndMaintenance()),
            Simple("status", "Shows whether maintenance is on, until when and why.", new ShowMaintenance()),
        };
        DataDirectoryOption.AddTo(command);
        return command;
    }

    private static Command On()
    {
        var duration = new Option<TimeSpan>("--for")
        {
            Description = $"How long; it ends by itself: {DurationText.Examples}.",
            HelpName = "duration",
            Required = true,
            CustomParser = ParseDuration,
        };
        var reason = new Option<string>("--reason") { Description = $"Why, 1 to {MaxReasonLength} characters.", HelpName = "text", Required = true };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { } text || string.IsNullOrWhiteSpace(text) || text.Length > MaxReasonLength || text.Any(char.IsControl))
            {
                result.AddError($"--reason must have 1 to {MaxReasonLength} printable characters.");
            }
        });
        var command = new Command("on", "Turns maintenance on, or gives it another end and reason.") { duration, reason };
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(
            parsed, new StartMaintenance(parsed.GetValue(duration), parsed.GetRequiredValue(reason)), stopping));
        return command;
    }

    private static Command Simple(string name, string description, ControlRequest request)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, request, stopping));
        return command;
    }

    private static TimeSpan ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!DurationText.TryParse(text, out var duration) || duration <= TimeSpan.Zero || duration > Longest)
        {
            result.AddError($"--for must be a duration such as {DurationText.Examples}, more than nothing and at most {Longest.Days} days, not \"{text}\".");
        }

        return duration;
    }
}
