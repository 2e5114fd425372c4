using Efento.Portal.Data;

namespace Efento.Portal.Backup;

/// <summary>Makes copies of the database for backups, one at a time.</summary>
internal sealed class BackupCopies(IBackupStore store, DataDirectory directory) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Copies the database of the running portal.</summary>
    /// <exception cref="BackupStoppedException">Another copy is being made, or there is too little room.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="System.Data.Common.DbException">The database can't be read.</exception>
    public async Task<ScratchFile> OfRunningAsync(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            throw new BackupStoppedException(new(BackupFaultKind.Busy));
        }

        try
        {
            return await FillAsync(path => store.CopyAsync(path, progress, cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Copies the database of a portal that does not run. The caller has the lock of its directory.</summary>
    /// <exception cref="BackupStoppedException">There is too little room.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="System.Data.Common.DbException">The database can't be read.</exception>
    public Task<ScratchFile> OfStoppedAsync() => FillAsync(path =>
    {
        store.CopyStopped(path);
        return Task.CompletedTask;
    });

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<ScratchFile> FillAsync(Func<string, Task> copyAsync)
    {
        var scratch = ScratchFile.Make(directory.Path, store.Size);
        try
        {
            await copyAsync(scratch.Path);
            return scratch;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }
}
