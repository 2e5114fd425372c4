using System.CommandLine;
using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;

namespace Efento.Portal.CommandLine;

/// <summary>
/// The command <c>audit</c>. It reads the database itself: an answer of the running portal about its own trail would prove nothing.
/// </summary>
internal static class AuditCommand
{
    private const int HashDigits = 64;

    /// <summary>Makes the command with its subcommand.</summary>
    public static Command Create()
    {
        var command = new Command(
            "audit",
            """
            Checks the audit trail. It only reads, and works beside a running portal as well as on a copy of its data.

            Exit codes: 0 the trail is whole; 1 it is not, or it could not be read; 2 wrong arguments or settings.
            """)
        {
            Verify(),
        };
        DataDirectoryOption.AddTo(command);
        return command;
    }

    private static Command Verify()
    {
        var head = new Option<string>("--head") { Description = "A head hash kept elsewhere. The chain must contain it.", HelpName = "hash" };
        head.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: HashDigits } hash || !hash.All(char.IsAsciiHexDigit))
            {
                result.AddError($"--head must be {HashDigits} hex digits.");
            }
        });
        var count = new Option<long>("--count") { Description = "The number of entries recorded with the head hash. The chain must have exactly as many.", HelpName = "number" };
        count.Validators.Add(result =>
        {
            if (result.Tokens is not [var token] || !long.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                result.AddError("--count must be a number, 1 or more.");
            }
        });
        var command = new Command("verify", "Checks the chain of hashes, prints the number of entries and the head, and names the first entry that is missing or changed.") { head, count };
        command.SetAction((parsed, stopping) => Outcome.OfAsync(
            parsed.InvocationConfiguration, () =>
                VerifyAsync(
                    parsed, new KeptHead(parsed.GetResult(count) is null ? null : parsed.GetValue(count), parsed.GetValue(head)),
                    stopping)));
        return command;
    }

    private static async Task<int> VerifyAsync(ParseResult parsed, KeptHead kept, CancellationToken cancellationToken)
    {
        await using var app = Build(DataDirectoryOption.SettingsOf(parsed));
        var console = parsed.InvocationConfiguration;
        if (!app.Services.GetRequiredService<IDatabase>().Exists)
        {
            console.Error.WriteLine(
                $"There is no portal's data in {app.Services.GetRequiredService<DataDirectory>().Path}; name its place with --data-directory.");
            return ExitCodes.Failure;
        }

        var chain = await app.Services.GetRequiredService<AuditVerifier>().VerifyAsync(kept, cancellationToken);
        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"entries in order: {chain.Count}"));
        console.Output.WriteLine($"head: {chain.Head}");
        if (chain.Fault is null)
        {
            return ExitCodes.Success;
        }

        console.Error.WriteLine(AccessWords.Of(chain.Fault));
        return ExitCodes.Failure;
    }

    private static WebApplication Build(string[] settings)
    {
        var builder = PortalHost.CreateBuilder(settings);
        builder.Logging.ClearProviders();
        builder.AddPortalConfiguration();
        builder.AddData();
        builder.Services.AddSingleton<AuditVerifier>();
        builder.CheckSettings();
        return builder.Build();
    }
}
