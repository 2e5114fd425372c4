using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using Efento.Portal.Backup.Archive;
using Efento.Portal.Data;

namespace Efento.Portal.Backup;

/// <summary>
/// Makes a backup of a copy of the database: it is written beside its place under another name, restored to a scratch file, checked, and
/// only then has its name.
/// </summary>
internal sealed class BackupMaker(IBackupStore store, ContentCheck check, BackupProof proof, DataDirectory directory)
{
    private const string Unfinished = ".efento-portal-";
    private const string UnfinishedEnd = ".unfinished";

    private static readonly string Version =
        typeof(BackupMaker).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Makes it.</summary>
    /// <param name="copy">The copy, which is used up.</param>
    /// <param name="madeUtc">When it was made.</param>
    /// <param name="to">A directory or a file.</param>
    /// <param name="passphrase">With what it is encrypted; null for not at all, and without keys and secrets.</param>
    /// <param name="progress">Is told what is being done.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    public async Task<BackupResult> MakeAsync(
        ScratchFile copy, DateTimeOffset madeUtc, string to, string? passphrase, IProgress<BackupStep>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            return new(await WriteAsync(copy, madeUtc, to, passphrase, progress, cancellationToken), null);
        }
        catch (Exception thrown) when (BackupFaults.Of(thrown) is { } fault)
        {
            return new(null, fault);
        }
    }

    private async Task<MadeBackup> WriteAsync(
        ScratchFile copy, DateTimeOffset madeUtc, string to, string? passphrase, IProgress<BackupStep>? progress,
        CancellationToken cancellationToken)
    {
        var target = BackupPaths.TargetOf(to, madeUtc, passphrase is not null);
        var place = Path.GetDirectoryName(target)!;
        Tidy(place);
        var unfinished = Path.Combine(place, $"{Unfinished}{Guid.NewGuid():N}{UnfinishedEnd}");
        try
        {
            BackupManifest manifest;
            await using (var file = OwnerOnly.Create(unfinished))
            {
                progress?.Report(BackupStep.Writing);
                using (copy)
                {
                    manifest = await WriteAsync(file, copy.Path, madeUtc, passphrase, cancellationToken);
                }

                file.Flush(flushToDisk: true);
                progress?.Report(BackupStep.Checking);
                if (await proof.FaultAsync(file, passphrase, cancellationToken) is { } fault)
                {
                    throw new BackupStoppedException(fault);
                }
            }

            File.Move(unfinished, target, overwrite: true);
            DirectoryHandle.Sync(place);
            return new(target, new FileInfo(target).Length, manifest);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task<BackupManifest> WriteAsync(
        Stream file, string copy, DateTimeOffset madeUtc, string? passphrase, CancellationToken cancellationToken)
    {
        if (passphrase is null)
        {
            store.LeaveOutSecrets(copy);
        }

        var figures = await check.MeasureAsync(copy, cancellationToken);
        return await Background.RunAsync(
            () =>
            {
                var keys = passphrase is null ? [] : Keys();
                var manifest = new BackupManifest
                {
                    Format = BackupManifest.NewestFormat,
                    Program = Version,
                    MadeUtc = madeUtc,
                    HasSecrets = passphrase is not null,
                    Database = figures,
                    Files =
                    [
                        Described(BackupPaths.Database, Read(copy)),
                        .. keys.Select(key => Described(key.Key, new MemoryStream(key.Value))),
                    ],
                };
                ArchiveWriter.Write(
                    file, passphrase, manifest,
                    one => keys.TryGetValue(one.Name, out var key) ? new MemoryStream(key) : Read(copy), cancellationToken);
                return manifest;
            },
            cancellationToken);
    }

    /// <summary>The keys by their names in the backup. They are read once: the portal may add one meanwhile.</summary>
    private Dictionary<string, byte[]> Keys() =>
        Directory.Exists(directory[BackupPaths.Keys])
            ? Directory.EnumerateFiles(directory[BackupPaths.Keys], "*.xml").Order(StringComparer.Ordinal)
                .ToDictionary(path => $"{BackupPaths.Keys}/{Path.GetFileName(path)}", File.ReadAllBytes, StringComparer.Ordinal)
            : [];

    private static BackedUpFile Described(string name, Stream content)
    {
        using (content)
        {
            var length = content.Length;
            return new(name, length, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    private static FileStream Read(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Deletes what a killed process left.</summary>
    private static void Tidy(string place)
    {
        foreach (var path in Directory.EnumerateFiles(place, $"{Unfinished}*{UnfinishedEnd}"))
        {
            try
            {
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    File.Delete(path);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Another process is writing it.
                continue;
            }
        }
    }
}

/// <summary>What is being done.</summary>
public enum BackupStep : byte
{
    /// <summary>The database is copied.</summary>
    Copying,

    /// <summary>The file is written.</summary>
    Writing,

    /// <summary>The file is restored to a scratch place and checked.</summary>
    Checking,
}

/// <summary>A backup that was made and checked.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Manifest">What it says of itself.</param>
internal sealed record MadeBackup(string Path, long Bytes, BackupManifest Manifest);

/// <summary>A backup, or why there is none.</summary>
internal sealed record BackupResult(MadeBackup? Made, BackupFault? Fault);
