using System.CommandLine;
using Efento.Portal.Access;
using Efento.Portal.Configuration;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>users</c>. With it, access can be restored when nobody can sign in any more.</summary>
internal static class UsersCommand
{
    /// <summary>Makes the command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command(
            "users",
            """
            Adds and lists the people who may sign in, and helps those who can't any more. It asks the running portal, or changes the data itself when none runs; effective at once.

            Exit codes: 0 done; 1 it could not be done and nothing was changed; 2 wrong arguments or settings.
            """)
        {
            Add(),
            Limit(),
            Reset(),
            List(),
        };
        DataDirectoryOption.AddTo(command);
        return command;
    }

    private static Argument<string> Email()
    {
        var email = new Argument<string>("e-mail") { Description = "The e-mail address to sign in with." };
        email.Validators.Add(result =>
        {
            if (!EmailText.IsAddress(result.GetValueOrDefault<string>() ?? ""))
            {
                result.AddError($"\"{result.GetValueOrDefault<string>()}\" is not an e-mail address.");
            }
        });
        return email;
    }

    private static Command Add()
    {
        var email = Email();
        var role = new Option<Role>("--role") { Description = "Their role.", Required = true };
        var isPasswordGiven = new Option<bool>("--password-stdin") { Description = "Read the password from the first line of standard input and create the account at once." };
        var locations = LocationOption.Create();
        var command = new Command("add", "Prints a link to set a password and create an account. It can be used once, within seven days.") { email, role, isPasswordGiven, locations };
        command.SetAction((parsed, stopping) =>
        {
            var password = parsed.GetValue(isPasswordGiven) ? Console.In.ReadLine() ?? "" : null;
            return ControlCommand.RunAsync(
                parsed, new AddUser(parsed.GetRequiredValue(email), parsed.GetRequiredValue(role), password, parsed.GetValue(locations)),
                stopping);
        });
        return command;
    }

    private static Command Limit()
    {
        var email = Email();
        var locations = LocationOption.Create();
        var isLifted = new Option<bool>("--everything") { Description = "Lift the limit." };
        var command = new Command("limit", "Limits a viewer or operator to locations, or lifts the limit. It takes effect at once, in open pages too.") { email, locations, isLifted };
        command.Validators.Add(result =>
        {
            if (result.GetResult(locations) is { Implicit: false } == result.GetValue(isLifted))
            {
                result.AddError("Name --location or --everything, one of them.");
            }
        });
        command.SetAction(
            (parsed, stopping) =>
                ControlCommand.RunAsync(parsed, new LimitUser(parsed.GetRequiredValue(email), parsed.GetValue(locations)), stopping));
        return command;
    }

    private static Command Reset()
    {
        var email = Email();
        var command = new Command("reset", "Signs somebody out everywhere and prints a link to set a new password. It can be used once, within a day.") { email };
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, new ResetUser(parsed.GetRequiredValue(email)), stopping));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the people who can sign in.");
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, new ListUsers(), stopping));
        return command;
    }
}
