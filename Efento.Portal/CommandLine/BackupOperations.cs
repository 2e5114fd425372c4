using Efento.Portal.Access;
using Efento.Portal.Backup;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out what the command <c>backup</c> asks of the running portal.</summary>
internal sealed class BackupOperations(BackupCopies copies, BackupHistory history, TimeProvider time)
{
    /// <summary>Copies the database and hands the copy over.</summary>
    public async Task<ControlReply> CopyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ControlReply.Done((await copies.OfRunningAsync(null, cancellationToken)).HandOver());
        }
        catch (Exception thrown) when (BackupFaults.Of(thrown) is { } fault)
        {
            return ControlReply.Failed(BackupWords.Of(fault));
        }
    }

    /// <summary>Notes that a backup was made, for the page and for health.</summary>
    public async Task<ControlReply> NoteAsync(NoteBackup note, CancellationToken cancellationToken)
    {
        var record = new BackupRecord
        {
            BegunUtc = note.BegunUtc,
            CheckedUtc = time.GetUtcNow(),
            Path = note.Path,
            Bytes = note.Bytes,
            IsEncrypted = note.IsEncrypted,
            By = Actor.Command.Name,
        };
        await history.AddAsync(record, 0, cancellationToken);
        return ControlReply.Done();
    }
}
