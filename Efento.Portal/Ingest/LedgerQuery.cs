using System.Runtime.InteropServices;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>The ledger of messages, for pages and the read API.</summary>
public sealed class LedgerQuery(IDbContextFactory<PortalDbContext> database, LoggerDirectory loggers, ReceiptTimes receipts, IOptionsMonitor<IngestOptions> options)
{
    /// <summary>Messages read at a time, and how often for one page: a gateway in a loop sends thousands that are one entry.</summary>
    private const int Portion = 200, MostPortions = 20;

    /// <summary>Messages that tell whether a gateway repeats itself; heartbeats may lie between them.</summary>
    private const int FewLines = 12;

    /// <summary>The largest body that is taken now, in bytes: what a gateway stuck with a larger one is told.</summary>
    public long MaxBodyBytes => options.CurrentValue.MaxBodyBytes;

    /// <summary>
    /// The messages of a gateway, newest first; what came again and again is one entry. They tell of every logger alike, so somebody limited sees
    /// none.
    /// </summary>
    /// <param name="scope">Whoever asks.</param>
    /// <param name="gatewayId">The gateway.</param>
    /// <param name="before">Older ones than this message; null begins with the newest.</param>
    /// <param name="count">At most so many entries.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<LedgerPage> ReadPageAsync(SiteScope scope, int gatewayId, long? before, int count, CancellationToken cancellationToken = default)
    {
        if (scope.IsLimited)
        {
            return new LedgerPage([], null);
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var entries = new LedgerFolder(count);
        var oldest = before ?? long.MaxValue;
        for (var portion = 0; portion < MostPortions; portion++)
        {
            var lines = await ReadLinesAsync(db, gatewayId, oldest, Portion, cancellationToken);
            foreach (var line in lines)
            {
                if (!entries.TryAdd(line))
                {
                    return new LedgerPage(entries.Entries, oldest);
                }

                oldest = line.Id;
            }

            if (lines.Count < Portion)
            {
                return new LedgerPage(entries.Entries, null);
            }
        }

        return new LedgerPage(entries.Entries, oldest);
    }

    /// <summary>
    /// What gateways sent last if they sent it more than once, by gateway. A few lines of each tell; only of a gateway that repeats itself more are
    /// read, to say since when.
    /// </summary>
    /// <param name="scope">Whoever asks; somebody limited sees none.</param>
    /// <param name="gatewayIds">The gateways.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyDictionary<int, LedgerEntry>> ReadLoopsAsync(SiteScope scope, IReadOnlyCollection<int> gatewayIds, CancellationToken cancellationToken = default)
    {
        var loops = new Dictionary<int, LedgerEntry>();
        if (scope.IsLimited)
        {
            return loops;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        foreach (var id in gatewayIds)
        {
            var lines = await ReadLinesAsync(db, id, long.MaxValue, FewLines, cancellationToken);
            if (lines.Where(l => !l.IsHeartbeat).Take(2).ToList() is [var last, var before] && last.IsSameAs(before)
                && (await ReadPageAsync(scope, id, null, 2, cancellationToken)).Entries.FirstOrDefault(e => !e.Last.IsHeartbeat) is { } entry)
            {
                loops[id] = entry;
            }
        }

        return loops;
    }

    /// <summary>
    /// Messages with readings received after the message <paramref name="after"/>, in the order received; null if that message is older
    /// than the ledger, so that what came after it can't be told any more.
    /// </summary>
    /// <param name="scope">Whoever asks; messages without a logger they see are left out, so that a part may hold fewer.</param>
    /// <param name="after">A message; 0 begins with the oldest kept.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ArrivalPage?> ReadArrivalsAsync(SiteScope scope, long after, int limit, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Messages.Where(m => m.Id > after && m.EarliestMeasuredAt != null).OrderBy(m => m.Id).Take(limit + 1)
            .Select(m => new { m.Id, m.Loggers, m.EarliestMeasuredAt, m.LatestMeasuredAt }).ToListAsync(cancellationToken);

        // Asked after the rows are read: what is deleted in between is noticed.
        var oldest = await db.Messages.MinAsync(m => (long?)m.Id, cancellationToken);
        if (after > 0 && after < oldest)
        {
            return null;
        }

        var items = rows.Take(limit).Select(m => new Arrival(
            m.Id,
            receipts.ReceivedAtUtc(m.Id),
            SerialsOf(m.Loggers, scope),
            DateTimeOffset.FromUnixTimeMilliseconds(m.EarliestMeasuredAt!.Value),
            DateTimeOffset.FromUnixTimeMilliseconds(m.LatestMeasuredAt!.Value)));
        return new ArrivalPage([.. items.Where(m => !scope.IsLimited || m.Loggers.Count > 0)], rows.Count > limit ? rows[limit - 1].Id : null);
    }

    /// <summary>Messages; one that was stored in portions stands where the first of them does.</summary>
    private async Task<List<LedgerLine>> ReadLinesAsync(PortalDbContext db, int gatewayId, long before, int count, CancellationToken cancellationToken)
    {
        var rows = await db.Messages.Where(m => m.GatewayId == gatewayId && m.FirstPortion == null && m.Id < before).OrderByDescending(m => m.Id).Take(count)
            .Select(m => new LedgerLine(
                m.Id, m.Route, m.Address, m.Bytes, m.Records, m.NewReadings, m.DuplicateReadings, m.ConflictingReadings,
                m.QuarantinedParts, m.IgnoredRecords, m.Answer, m.Milliseconds, m.EarliestMeasuredAt, m.LatestMeasuredAt))
            .ToListAsync(cancellationToken);
        var lines = rows.ConvertAll(line => line with { ReceivedAtUtc = receipts.ReceivedAtUtc(line.Id) });
        var first = lines.Where(l => l.Answer == 0).Select(l => (long?)l.Id).ToList();
        if (first.Count == 0)
        {
            return lines;
        }

        var further = (await db.Messages.AsNoTracking().Where(m => first.Contains(m.FirstPortion)).ToListAsync(cancellationToken)).ToLookup(m => m.FirstPortion);
        return [.. lines.Select(line => further[line.Id].Aggregate(line, (all, portion) => all.With(portion)))];
    }

    private List<string> SerialsOf(byte[] ids, SiteScope scope)
    {
        var serials = new List<string>();
        foreach (var id in MemoryMarshal.Cast<byte, int>(ids))
        {
            if (loggers.TryGet(id, out var logger) && scope.SeesLogger(id))
            {
                serials.Add(logger.Serial);
            }
        }

        return serials;
    }
}
