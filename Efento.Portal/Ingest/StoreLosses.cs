using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>
/// The data that the database has lost, until somebody confirms it. Gateways were answered that this data is stored, so they don't send it
/// again.
/// </summary>
public sealed partial class StoreLosses(
    WriteGate gate, AuditTrail audit, ReceiptTimes receipts, LiveFeed feed, TimeProvider time, ILogger<StoreLosses> log)
{
    /// <summary>The losses that nobody has confirmed. The list is replaced, never changed.</summary>
    public IReadOnlyList<StoreLoss> Unseen { get; private set; } = [];

    /// <summary>When the newest message was received that the loss has left; null if it has left none.</summary>
    public DateTimeOffset? SinceUtc(StoreLoss loss) => loss.NewestMessage == 0 ? null : receipts.ReceivedAtUtc(loss.NewestMessage);

    /// <summary>Confirms losses.</summary>
    /// <param name="actor">The user.</param>
    /// <param name="losses">The keys of the losses that were shown.</param>
    /// <param name="cancellationToken">Cancels before anything is changed.</param>
    /// <returns>False if they were already confirmed.</returns>
    /// <exception cref="Exception">The store failed (<see cref="StoreFault.Of"/>). Nothing was changed.</exception>
    public async Task<bool> ConfirmAsync(Actor actor, IReadOnlyCollection<int> losses, CancellationToken cancellationToken = default)
    {
        var confirmed = await gate.WriteAsync(
            async db =>
            {
                var unseen = await db.StoreLosses.Where(l => losses.Contains(l.Id) && l.SeenUtc == null).ToListAsync(cancellationToken);
                unseen.ForEach(loss => loss.SeenUtc = time.GetUtcNow());
                await audit.AddAsync(
                    db, actor,
                    [.. unseen.Select(l => new AuditNote("loss of messages seen", $"database as found at {Written(l.FoundUtc)}", New: Span(l)))], cancellationToken);
                return unseen.ConvertAll(l => l.Id);
            },
            done => Unseen = [.. Unseen.Where(l => !done.Contains(l.Id))],
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Maintenance));
        return confirmed.Count > 0;
    }

    /// <summary>Loads the losses that nobody has confirmed, and logs them.</summary>
    internal void Load(PortalDbContext db)
    {
        Unseen = db.StoreLosses.AsNoTracking().Where(l => l.SeenUtc == null).OrderBy(l => l.Id).ToList();
        foreach (var loss in Unseen)
        {
            LogLoss(log, Span(loss), loss.FoundUtc, loss.NewestMessage, loss.NotedMessage);
        }
    }

    private string Span(StoreLoss loss) =>
        $"Messages received between {(SinceUtc(loss) is { } since ? Written(since) : "the beginning")} and {Written(loss.NotedUtc)} UTC may be missing";

    private static string Written(DateTimeOffset timeUtc) => timeUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Span}, although gateways were told that they were stored: at the start at {FoundUtc:u} the database's log (portal.db-wal) had been removed or cut, or an older database had been put in place. Its newest message was {Newest}, the newest that had been noted {Noted}. This warning is shown until an administrator confirms it under Admin, Maintenance")]
    private static partial void LogLoss(ILogger log, string span, DateTimeOffset foundUtc, long newest, long noted);
}
