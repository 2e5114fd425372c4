using System.Threading.Channels;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Backup;

/// <summary>Takes the requests of people that a backup is made at once.</summary>
public sealed class BackupRequests(
    BackupBoard board, WriteGate gate, AuditTrail audit, IOptionsMonitor<BackupOptions> options, TimeProvider time)
{
    private readonly Channel<BackupRequest> _waiting = Channel.CreateBounded<BackupRequest>(1);

    /// <summary>Those that wait.</summary>
    internal ChannelReader<BackupRequest> Waiting => _waiting.Reader;

    /// <summary>Asks for a backup, which is made beside the caller.</summary>
    /// <returns>Why none is made; null if one is.</returns>
    public async Task<BackupFault?> StartAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (options.CurrentValue.Directory is not { } directory)
        {
            return new(BackupFaultKind.NoDirectory);
        }

        if (board.Now is not null || _waiting.Reader.Count > 0)
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
        return _waiting.Writer.TryWrite(new(actor, asked.Id)) ? null : new(BackupFaultKind.Busy);
    }
}

/// <summary>A backup that somebody asked for.</summary>
/// <param name="Actor">Who.</param>
/// <param name="RecordId">The record of the request, which that of the backup takes the place of.</param>
internal readonly record struct BackupRequest(Actor Actor, int RecordId);
