using System.CommandLine;
using Efento.Portal.Access;
using Efento.Portal.Configuration;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>tokens</c>.</summary>
internal static class TokensCommand
{
    private const int MaxNameLength = 100;

    /// <summary>Makes the command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command(
            "tokens",
            """
            Issues, lists and revokes the tokens that gateways send and programs read with. It asks the running portal, or changes the data itself when none runs; effective at once.

            Exit codes: 0 done; 1 it could not be done and nothing was changed; 2 wrong arguments or settings.
            """)
        {
            Add(),
            List(),
            Revoke(),
        };
        DataDirectoryOption.AddTo(command);
        return command;
    }

    private static Option<bool> ForApi() => new("--api") { Description = "The token is for the read API, not for a gateway." };

    private static Command Add()
    {
        var name = new Option<string>("--name") { Description = $"A name for it, 1 to {MaxNameLength} characters.", HelpName = "name", Required = true };
        name.Validators.Add(result =>
        {
            if (
                result.GetValueOrDefault<string>() is not { } text
                    || string.IsNullOrWhiteSpace(text)
                    || text.Length > MaxNameLength
                    || text.Any(char.IsControl))
            {
                result.AddError($"--name must have 1 to {MaxNameLength} printable characters.");
            }
        });
        var token = new Option<string>("--token") { Description = "The token itself, if a gateway already has one. Default: a new random token.", HelpName = "token" };
        var forApi = ForApi();
        var scopes = new Option<string[]>("--scope") { Description = $"With --api: what it may do; several times for several. Without it {ApiScopes.AllReads}.", HelpName = "scope" };
        scopes.AcceptOnlyFromAmong([.. ApiScopes.All, ApiScopes.AllReads]);
        var locations = LocationOption.Create("With --api: ");
        var command = new Command("add", $"Issues a token and prints it. It is not shown again. A gateway's token has 1 to {GatewayToken.MaxLength} printable characters.") { name, token, forApi, scopes, locations };
        command.Validators.Add(result =>
        {
            if (result.GetResult(scopes) is { Implicit: false } && !result.GetValue(forApi))
            {
                result.AddError("--scope goes with --api: gateways have no scopes.");
            }

            if (result.GetResult(locations) is { Implicit: false } && !result.GetValue(forApi))
            {
                result.AddError("--location goes with --api: gateways see nothing.");
            }

            var longest = result.GetValue(forApi) ? ApiToken.MaxLength : GatewayToken.MaxLength;
            if (result.GetValue(token) is { } text && !TokenText.IsAllowed(text, longest))
            {
                result.AddError($"--token must be 1 to {longest} printable ASCII characters without spaces; this has {text.Length}.");
            }
        });
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(
            parsed,
            new AddToken(
                parsed.GetRequiredValue(name),
                parsed.GetValue(token),
                parsed.GetValue(forApi),
                parsed.GetValue(scopes) is { Length: > 0 } some ? string.Join(' ', some.Distinct()) : null,
                parsed.GetValue(locations)),
            stopping));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists all tokens by name. The tokens themselves are never shown.");
        command.SetAction((parsed, stopping) => ControlCommand.RunAsync(parsed, new ListTokens(), stopping));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<int>("id") { Description = "The token's id in \"tokens list\"." };
        var forApi = ForApi();
        var command = new Command("revoke", "Revokes a token permanently.") { id, forApi };
        command.SetAction(
            (parsed, stopping) => ControlCommand.RunAsync(parsed, new RevokeToken(parsed.GetValue(id), parsed.GetValue(forApi)), stopping));
        return command;
    }
}
