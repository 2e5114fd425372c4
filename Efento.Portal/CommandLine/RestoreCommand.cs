using System.CommandLine;
using System.Globalization;
using Efento.Portal.Backup;
using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>restore</c>.</summary>
internal static class RestoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The backup." };
        file.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("Name the file of a backup.");
            }
        });
        var to = new Option<string>("--to")
        {
            Description = "The data directory to make: one that does not exist yet or is empty.",
            HelpName = "path",
            Required = true,
        };
        var passphrase = BackupCommand.PassphraseFile();
        var command = new Command(
            "restore",
            """
            Restores a backup to a new data directory and checks it. Run it as the user of the portal. When the portal starts with it, all people are signed out, and nothing is sent before somebody says so. docs/operations.md says how to go on.

            Exit codes: 0 it is restored and checked; 1 it could not be done, and nothing is left of it; 2 wrong arguments or settings.
            """)
        {
            file, to, passphrase,
        };
        command.SetAction((parsed, stopping) => Outcome.OfAsync(
            parsed.InvocationConfiguration,
            () => RunAsync(
                parsed.InvocationConfiguration, parsed.GetRequiredValue(file), parsed.GetRequiredValue(to), parsed.GetValue(passphrase),
                stopping)));
        return command;
    }

    private static async Task<int> RunAsync(
        InvocationConfiguration console, string file, string to, string? passphraseFile, CancellationToken cancellationToken)
    {
        await using var app = ControlCommand.Build([$"--Portal:DataDirectory={to}"]);
        try
        {
            passphraseFile ??= app.Services.GetRequiredService<IOptionsMonitor<BackupOptions>>().CurrentValue.PassphraseFile;
            var passphrase = passphraseFile is null ? null : Passphrase.ReadFrom(passphraseFile);
            var result = await app.Services.GetRequiredService<RestoreRun>().RunAsync(file, passphrase, cancellationToken);
            return Say(console, Path.GetFullPath(to), result);
        }
        catch (BackupStoppedException stopped)
        {
            return Say(console, to, new RestoreResult(null, stopped.Fault));
        }
    }

    private static int Say(InvocationConfiguration console, string to, RestoreResult result)
    {
        if (result is not { Restored: { } manifest })
        {
            console.Error.WriteLine(BackupWords.Of(result.Fault!));
            return ExitCodes.Failure;
        }

        console.Output.WriteLine(to);
        console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Restored and checked: the portal as it was at {manifest.MadeUtc.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."));
        console.Error.WriteLine(
            "When it starts, everybody is signed out, and no messages or measurements are sent until somebody says \"held send\" or \"held drop\". Tokens that were revoked after that time are valid again: see \"held show\".");
        console.Error.WriteLine(
            manifest.HasSecrets
                ? "Not in a backup: settings files and certificates."
                : "Not in this backup: the keys and the secrets of channels, settings files and certificates. Enter the secrets of channels again.");
        return ExitCodes.Success;
    }
}
