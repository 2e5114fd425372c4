using System.Data.Common;
using Efento.Portal.Backup.Archive;
using Efento.Portal.Data;

namespace Efento.Portal.Backup;

/// <summary>Restores a backup to a scratch file and checks it. Nothing in it is started.</summary>
internal sealed class BackupProof(IBackupStore store, ContentCheck check, DataDirectory directory)
{
    /// <summary>What is wrong with a backup; null if it can be restored and holds what it says.</summary>
    /// <exception cref="BackupStoppedException">It can't be restored.</exception>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    /// <exception cref="DbException">What was restored can't be read.</exception>
    public async Task<BackupFault?> FaultAsync(Stream backup, string? passphrase, CancellationToken cancellationToken)
    {
        var reader = new ArchiveReader(backup, passphrase);
        await Background.RunAsync(
            () =>
            {
                reader.Verify(cancellationToken);
                return true;
            },
            cancellationToken);
        using var restored = ScratchFile.Make(directory.Path, store.Size);
        var manifest = await Background.RunAsync(
            () => reader.Unpack(_ => { }, file => Target(file, restored.Path), cancellationToken), cancellationToken);
        return await check.FaultAsync(restored.Path, manifest.Database, cancellationToken);
    }

    /// <summary>Keys are hashed while they are read, and that is all a check needs of them.</summary>
    private static Stream Target(BackedUpFile file, string database) =>
        file.Name == BackupPaths.Database
            ? new FileStream(database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)
            : Stream.Null;
}
