using System.CommandLine;
using System.CommandLine.Parsing;
using Efento.Portal.Maintenance;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>maintenance</c>.</summary>
internal static class MaintenanceCommand
{
    private const int MaxReasonLength = MaintenanceWindow.MaxReasonLength;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(MaintenanceWindow.MostDays);

    /// <summary>Makes the command with its subcommands.</summary>
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
            Plan(),
            Cancel(),
            Simple("status", "Shows whether maintenance is on, until when and why, and what is planned.", new ShowMaintenance()),
        };
        DataDirectoryOption.AddTo(command);
        return command;
    }

    private static Command On()
    {
        var duration = new Option<TimeSpan>("--for")
        {
            Description = $"How long it lasts: {DurationText.Examples}. It ends by itself.",
            HelpName = "duration",
            Required = true,
            CustomParser = ParseDuration,
        };
        var reason = Reason();
        var command = new Command("on", "Turns maintenance on, or changes its end and reason.") { duration, reason };
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(
            parsed, new StartMaintenance(parsed.GetValue(duration), parsed.GetRequiredValue(reason)), stopping));
        return command;
    }

    private static Command Plan()
    {
        const string Form = "in the site's time zone, such as 2027-03-28T22:00, or with an offset";
        var from = new Option<string>("--from") { Description = $"When it begins, {Form}.", HelpName = "time", Required = true };
        var until = new Option<string>("--until") { Description = $"When it ends, {Form}.", HelpName = "time", Required = true };
        var reason = Reason();
        var command = new Command("plan", "Plans a maintenance. It begins and ends by itself.") { from, until, reason };
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(
            parsed, new PlanMaintenance(parsed.GetRequiredValue(from), parsed.GetRequiredValue(until), parsed.GetRequiredValue(reason)),
            stopping));
        return command;
    }

    private static Command Cancel()
    {
        var id = new Argument<int>("id") { Description = "Its number, as \"maintenance status\" shows it." };
        var command = new Command("cancel", "Cancels a planned maintenance.") { id };
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, new CancelMaintenance(parsed.GetValue(id)), stopping));
        return command;
    }

    private static Option<string> Reason()
    {
        var reason = new Option<string>("--reason") { Description = $"The reason, 1 to {MaxReasonLength} characters.", HelpName = "text", Required = true };
        reason.Validators.Add(result =>
        {
            if (
                result.GetValueOrDefault<string>() is not { } text
                    || string.IsNullOrWhiteSpace(text)
                    || text.Length > MaxReasonLength
                    || text.Any(char.IsControl))
            {
                result.AddError($"--reason must have 1 to {MaxReasonLength} printable characters.");
            }
        });
        return reason;
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
            result.AddError(
                $"--for must be a duration such as {DurationText.Examples}, more than nothing and at most {Longest.Days} days, not \"{text}\".");
        }

        return duration;
    }
}
