using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Backup;

/// <summary>The backups that were made, and those that failed.</summary>
public sealed class BackupHistory(IDbContextFactory<PortalDbContext> database, WriteGate gate, LiveFeed feed)
{
    /// <summary>How many are kept in the database.</summary>
    private const int Most = 500;

    /// <summary>The last ones, newest first.</summary>
    public async Task<IReadOnlyList<BackupRecord>> ReadAsync(int most, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.BackupRecords.AsNoTracking().OrderByDescending(b => b.Id).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>The last one that is done, and the last one that succeeded; null if there is none.</summary>
    public async Task<(BackupRecord? Last, BackupRecord? LastGood)> LastAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var all = db.BackupRecords.AsNoTracking().OrderByDescending(b => b.Id);
        return (
            await all.FirstOrDefaultAsync(b => b.CheckedUtc != null || b.Fault != null, cancellationToken),
            await all.FirstOrDefaultAsync(b => b.CheckedUtc != null, cancellationToken));
    }

    /// <summary>Adds one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="requestId">The record of the request for it, which it takes the place of; 0 for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task AddAsync(BackupRecord record, int requestId, CancellationToken cancellationToken = default)
    {
        await gate.WriteAsync(
            async db =>
            {
                await db.BackupRecords.Where(b => b.Id == requestId).ExecuteDeleteAsync(cancellationToken);
                db.BackupRecords.Add(record);
                await db.SaveChangesAsync(cancellationToken);
                await db.BackupRecords.Where(b => b.Id <= record.Id - Most).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Backup));
    }
}
