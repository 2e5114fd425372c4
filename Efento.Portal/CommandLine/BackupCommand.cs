using System.CommandLine;
using Efento.Portal.Backup;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.Extensions.Options;

namespace Efento.Portal.CommandLine;

/// <summary>
/// The command <c>backup</c>. A running portal copies its database; the command writes and checks the backup with the rights of its own
/// user.
/// </summary>
internal static class BackupCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var to = new Option<string>("--to")
        {
            Description = "Where it goes: an existing directory, in which it gets a name with its date, or else a file.",
            HelpName = "path",
            Required = true,
        };
        var passphrase = PassphraseFile();
        var command = new Command(
            "backup",
            """
            Writes a backup, restores it to a scratch file in the data directory, and checks it. A running portal goes on meanwhile. Without a passphrase the backup has neither the keys nor the secrets of channels. docs/operations.md says what is in it.

            Exit codes: 0 the backup is written and checked; 1 it could not be done, and nothing is left of it; 2 wrong arguments or settings.
            """)
        {
            to, passphrase,
        };
        DataDirectoryOption.AddTo(command);
        command.SetAction((parsed, stopping) => Outcome.OfAsync(
            parsed.InvocationConfiguration, () => RunAsync(parsed, parsed.GetRequiredValue(to), parsed.GetValue(passphrase), stopping)));
        return command;
    }

    /// <summary>The option that names the file with the passphrase.</summary>
    internal static Option<string?> PassphraseFile() => new("--passphrase-file")
    {
        Description = $"A file whose first line is the passphrase, at least {Passphrase.Fewest} characters. Default: the setting Portal:Backup:PassphraseFile.",
        HelpName = "path",
    };

    private static async Task<int> RunAsync(ParseResult parsed, string to, string? passphraseFile, CancellationToken cancellationToken)
    {
        await using var app = ControlCommand.Build(DataDirectoryOption.SettingsOf(parsed));
        var console = parsed.InvocationConfiguration;
        try
        {
            passphraseFile ??= app.Services.GetRequiredService<IOptionsMonitor<BackupOptions>>().CurrentValue.PassphraseFile;
            var passphrase = passphraseFile is null ? null : Passphrase.ReadFrom(passphraseFile);
            var result = await MakeAsync(app.Services, to, passphrase, console, cancellationToken);
            if (result?.Made is { } made)
            {
                await NoteAsync(app.Services, made, cancellationToken);
            }

            return result is null ? ExitCodes.Failure : Say(console, result);
        }
        catch (BackupStoppedException stopped)
        {
            return Say(console, new BackupResult(null, stopped.Fault));
        }
    }

    private static async Task<BackupResult?> MakeAsync(
        IServiceProvider services, string to, string? passphrase, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var reply = await ControlCommand.DoAsync(services, new CopyForBackup(), () => CopyHereAsync(services), cancellationToken);
        Array.ForEach(reply.Notes, console.Error.WriteLine);
        if (reply.ExitCode != ExitCodes.Success)
        {
            return null;
        }

        using var copy = ScratchFile.Take(reply.Output[0]);
        var madeUtc = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return await services.GetRequiredService<BackupMaker>().MakeAsync(copy, madeUtc, to, passphrase, null, cancellationToken);
    }

    /// <summary>Nothing is brought up to date by a backup, and the portal may start as soon as the copy is made.</summary>
    private static async Task<ControlReply> CopyHereAsync(IServiceProvider services)
    {
        try
        {
            var copy = await services.GetRequiredService<BackupCopies>().OfStoppedAsync();
            return ControlReply.Done(copy.HandOver()) with { Notes = [ControlCommand.UsedDirectly(services)] };
        }
        finally
        {
            services.GetRequiredService<DataDirectory>().Dispose();
        }
    }

    /// <summary>Tells the running portal. Without one nothing is noted: its data stays as it is.</summary>
    private static async Task NoteAsync(IServiceProvider services, MadeBackup made, CancellationToken cancellationToken)
    {
        var note = new NoteBackup(made.Path, made.Bytes, made.Manifest.HasSecrets, made.Manifest.MadeUtc);
        await ControlCommand.DoAsync(services, note, () => Task.FromResult(ControlReply.Done()), cancellationToken);
    }

    private static int Say(InvocationConfiguration console, BackupResult result)
    {
        if (result is not { Made: { } made })
        {
            console.Error.WriteLine(BackupWords.Of(result.Fault!));
            return ExitCodes.Failure;
        }

        console.Output.WriteLine(made.Path);
        console.Error.WriteLine(
            $"Written, restored to a scratch file and checked: {made.Bytes} bytes, {made.Manifest.Database.Days.Sum(day => day.Count)} readings, {made.Manifest.Database.AuditCount} entries of the audit trail.");
        if (!made.Manifest.HasSecrets)
        {
            console.Error.WriteLine("It is not encrypted. The keys and the secrets of channels are left out; give a passphrase to include them.");
        }

        return ExitCodes.Success;
    }
}
