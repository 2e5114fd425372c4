using Efento.Portal.Backup.Archive;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Data;

namespace Efento.Portal.Backup;

/// <summary>
/// Restores a backup into an empty data directory. The database gets its name last, when everything was checked; until then no portal
/// starts there.
/// </summary>
internal sealed class RestoreRun(IBackupStore store, ContentCheck check, DataDirectory directory)
{
    /// <summary>The most bytes of a key.</summary>
    private const int LongestKey = 1 << 20;

    /// <summary>What may lie in a directory to which is restored.</summary>
    private static readonly string[] Harmless = ["lost+found", DataDirectory.LockName, DataDirectory.Unfinished];

    private bool _isOurs;

    /// <summary>Restores it.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="passphrase">Its passphrase; null if there is none.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    public async Task<RestoreResult> RunAsync(string path, string? passphrase, CancellationToken cancellationToken)
    {
        var isNew = !Directory.Exists(directory.Path);
        try
        {
            if (FaultOfTarget() is { } fault)
            {
                return new(null, fault);
            }

            await using var backup = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new(await RestoreAsync(new ArchiveReader(backup, passphrase), Path.GetFileName(path), cancellationToken), null);
        }
        catch (Exception thrown) when (BackupFaults.Of(thrown) is { } fault)
        {
            TakeBack(isNew);
            return new(null, fault);
        }
        catch
        {
            TakeBack(isNew);
            throw;
        }
    }

    private async Task<BackupManifest> RestoreAsync(ArchiveReader reader, string name, CancellationToken cancellationToken)
    {
        await Background.RunAsync(
            () =>
            {
                reader.Verify(cancellationToken);
                return true;
            },
            cancellationToken);
        if (!directory.TryLock())
        {
            throw new BackupStoppedException(new(BackupFaultKind.Running, directory.Path));
        }

        _isOurs = true;
        DeleteUnfinished();
        var database = directory[DataDirectory.Unfinished];
        Dictionary<string, MemoryStream> keys = new(StringComparer.Ordinal);
        var manifest = await Background.RunAsync(
            () => reader.Unpack(
                Accept,
                file => file.Name == BackupPaths.Database ? OwnerOnly.Create(database) : keys[file.Name] = new MemoryStream(),
                cancellationToken),
            cancellationToken);
        if (await check.FaultAsync(database, manifest.Database, cancellationToken) is { } fault)
        {
            throw new BackupStoppedException(fault);
        }

        Put(keys);
        new RestoreMarker(manifest.MadeUtc, name).WriteTo(directory);
        using (var written = new FileStream(database, FileMode.Open, FileAccess.ReadWrite))
        {
            written.Flush(flushToDisk: true);
        }

        File.Move(database, directory[BackupPaths.Database]);
        DirectoryHandle.Sync(directory.Path);
        return manifest;
    }

    private void Accept(BackupManifest manifest)
    {
        if (!store.Knows(manifest.Database.LastMigration))
        {
            throw new BackupStoppedException(new(BackupFaultKind.Newer, manifest.Database.LastMigration));
        }

        if (manifest.Files.FirstOrDefault(file => file.Name != BackupPaths.Database && file.Bytes > LongestKey) is { } key)
        {
            throw new BackupStoppedException(new(BackupFaultKind.TooMuch, key.Name));
        }

        var (needed, free) = (manifest.Files.Sum(file => file.Bytes), new DriveInfo(directory.Path).AvailableFreeSpace);
        if (needed > free)
        {
            throw new BackupStoppedException(new(BackupFaultKind.NoRoom, directory.Path, needed, free));
        }
    }

    private void Put(Dictionary<string, MemoryStream> keys)
    {
        if (keys.Count > 0)
        {
            OwnerOnly.MakeDirectory(directory[BackupPaths.Keys]);
        }

        foreach (var (name, content) in keys)
        {
            using var file = OwnerOnly.Create(directory[name]);
            file.Write(content.ToArray());
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Nothing is written into a directory that holds anything else.</summary>
    private BackupFault? FaultOfTarget()
    {
        if (File.Exists(directory.Path))
        {
            return new(BackupFaultKind.Unwritable, directory.Path);
        }

        if (!Directory.Exists(directory.Path))
        {
            return null;
        }

        if (File.Exists(directory[DataDirectory.LockName]) && !directory.TryLock())
        {
            return new(BackupFaultKind.Running, directory.Path);
        }

        string[] unfinished = File.Exists(directory[DataDirectory.Unfinished]) ? [BackupPaths.Keys, RestoreMarker.Name] : [];
        var other = Directory.EnumerateFileSystemEntries(directory.Path).Order(StringComparer.Ordinal)
            .FirstOrDefault(entry => !Harmless.Concat(unfinished).Contains(Path.GetFileName(entry), StringComparer.Ordinal));
        return other is null ? null : new(BackupFaultKind.NotEmpty, other);
    }

    /// <summary>Deletes what a restore left that was killed.</summary>
    private void DeleteUnfinished()
    {
        if (!File.Exists(directory[DataDirectory.Unfinished]) || File.Exists(directory[BackupPaths.Database]))
        {
            return;
        }

        if (Directory.Exists(directory[BackupPaths.Keys]))
        {
            Directory.Delete(directory[BackupPaths.Keys], recursive: true);
        }

        File.Delete(directory[RestoreMarker.Name]);
        File.Delete(directory[DataDirectory.Unfinished]);
        File.Delete($"{directory[DataDirectory.Unfinished]}-journal");
    }

    private void TakeBack(bool isNew)
    {
        if (!_isOurs)
        {
            return;
        }

        DeleteUnfinished();
        if (isNew)
        {
            directory.Dispose();
            Directory.Delete(directory.Path, recursive: true);
        }
    }
}

/// <summary>What was restored, or why nothing was.</summary>
internal sealed record RestoreResult(BackupManifest? Restored, BackupFault? Fault);
