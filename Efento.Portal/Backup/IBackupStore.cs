using System.Data.Common;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Backup;

/// <summary>What backups need of the store: consistent copies of the database, and looks into such copies.</summary>
internal interface IBackupStore
{
    /// <summary>How many bytes a copy takes now, about.</summary>
    long Size { get; }

    /// <summary>
    /// Copies the database of the running portal in small steps between the writes of others, so that nobody waits longer than for one. The
    /// copy is as the database is at the end of the call.
    /// </summary>
    /// <param name="path">The new file, which may exist if it is empty.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="DbException">It can't be read or written.</exception>
    Task CopyAsync(string path, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Copies the database of a portal that does not run. The caller has the lock of its directory.</summary>
    /// <param name="path">The new file, which may exist if it is empty.</param>
    /// <exception cref="DbException">It can't be read or written.</exception>
    void CopyStopped(string path);

    /// <summary>Overwrites the secrets in a copy: without the keys, nobody can read them.</summary>
    /// <exception cref="DbException">It can't be read or written.</exception>
    void LeaveOutSecrets(string path);

    /// <summary>What is damaged in a copy; null if nothing is.</summary>
    /// <exception cref="DbException">It can't be read.</exception>
    string? Damage(string path);

    /// <summary>Counts what a copy holds. The audit trail is not among it.</summary>
    /// <exception cref="DbException">It can't be read.</exception>
    DatabaseFigures Measure(string path);

    /// <summary>Whether this program knows a change of the tables.</summary>
    /// <param name="lastMigration">The last change of the tables in a backup.</param>
    bool Knows(string lastMigration);

    /// <summary>Contexts that read a copy.</summary>
    IDbContextFactory<PortalDbContext> Open(string path);
}
