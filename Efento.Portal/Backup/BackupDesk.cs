using System.Threading.Channels;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Backup;

/// <summary>Takes the wish of somebody that a backup is made at once.</summary>
public sealed class BackupDesk(
    BackupBoard board, WriteGate gate, AuditTrail audit, IOptionsMonitor<BackupOptions> options, TimeProvider time)
{
    private readonly Channel<BackupWish> _wishes = Channel.CreateBounded<BackupWish>(1);

    /// <summary>Who wishes for one.</summary>
    internal ChannelReader<BackupWish> Wishes => _wishes.Reader;

    /// <summary>Asks for a backup, which is made beside the caller.</summary>
    /// <returns>Why none is made; null if one is.</returns>
    public async Task<BackupFault?> StartAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (options.CurrentValue.Directory is not { } directory)
        {
            return new(BackupFaultKind.NoDirectory);
        }

        if (board.Now is not null || _wishes.Reader.Count > 0)
        {
            return new(BackupFaultKind.Busy);
        }

        var asked = new BackupRecord { BegunUtc = time.GetUtcNow(), Path = Path.GetFullPath(directory), By = actor.Name };
        await gate.WriteAsync(
            async db =>
            {
                db.BackupRecords.Add(asked);
                await audit.AddAsync(db, actor, new AuditNote("backup asked for", asked.Path), cancellationToken);
            },
            cancellationToken);
        return _wishes.Writer.TryWrite(new(actor, asked.Id)) ? null : new(BackupFaultKind.Busy);
    }
}

/// <summary>A backup that somebody wishes for.</summary>
/// <param name="Actor">Who.</param>
/// <param name="RecordId">The record of the wish, which that of the backup takes the place of.</param>
internal readonly record struct BackupWish(Actor Actor, int RecordId);
