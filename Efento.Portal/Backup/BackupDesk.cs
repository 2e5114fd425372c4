using System.Threading.Channels;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Backup;

/// <summary>Takes the wish of somebody that a backup is made at once.</summary>
public sealed class BackupDesk(BackupBoard board, WriteGate gate, AuditTrail audit, IOptionsMonitor<BackupOptions> options)
{
    private readonly Channel<Actor> _wishes = Channel.CreateBounded<Actor>(1);

    /// <summary>Who wishes for one.</summary>
    internal ChannelReader<Actor> Wishes => _wishes.Reader;

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

        await gate.WriteAsync(
            db => audit.AddAsync(db, actor, new AuditNote("backup asked for", Path.GetFullPath(directory)), cancellationToken),
            cancellationToken);
        return _wishes.Writer.TryWrite(actor) ? null : new(BackupFaultKind.Busy);
    }
}
