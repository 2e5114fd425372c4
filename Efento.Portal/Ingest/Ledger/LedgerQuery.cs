using System.Runtime.InteropServices;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Ledger;

/// <summary>Reads the ledger for pages and the read API.</summary>
internal sealed class LedgerQuery(
    IDbContextFactory<PortalDbContext> database, LoggerDirectory loggers, ReceiptTimes receipts, IOptionsMonitor<IngestOptions> options)
{
    /// <summary>
    /// How many messages are read at a time, and how many times for one page: a gateway in a loop sends thousands that become one entry.
    /// </summary>
    private const int Portion = 200, MostPortions = 20;

    /// <summary>The number of messages that show whether a gateway repeats itself, heartbeats included.</summary>
    private const int FewLines = 12;

    /// <summary>The largest accepted body in bytes, as shown for a gateway that is stuck with a larger one.</summary>
    public long MaxBodyBytes => options.CurrentValue.MaxBodyBytes;

    /// <summary>
    /// The messages of a gateway, newest first. Repeated messages become one entry. A user with limited locations sees none, because
    /// messages concern all loggers of the gateway.
    /// </summary>
    /// <param name="scope">The rights of the user.</param>
    /// <param name="gatewayId">The gateway.</param>
    /// <param name="before">Only messages older than this one; null starts with the newest.</param>
    /// <param name="count">The maximum number of entries.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<LedgerPage> ReadPageAsync(
        SiteScope scope, int gatewayId, long? before, int count, CancellationToken cancellationToken = default)
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
    /// The last message of each gateway that repeats itself. A few lines of each gateway are enough to see that. More lines are read only
    /// of a gateway that repeats itself, to find out since when.
    /// </summary>
    /// <param name="scope">The rights of the user. A user with limited locations sees no messages.</param>
    /// <param name="gatewayIds">The gateways.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyDictionary<int,
    LedgerEntry>> ReadLoopsAsync(SiteScope scope, IReadOnlyCollection<int> gatewayIds, CancellationToken cancellationToken = default)
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
                && (
                    await ReadPageAsync(scope, id, null, 2, cancellationToken)).Entries.FirstOrDefault(e =>
                        !e.Last.IsHeartbeat) is { } entry)
            {
                loops[id] = entry;
            }
        }

        return loops;
    }

    /// <summary>
    /// Messages with readings that were received after the message <paramref name="after"/>, in order of receipt. Null if that message is
    /// older than the ledger, so that what followed it is no longer known.
    /// </summary>
    /// <param name="scope">
    /// The rights of the user. Messages without a logger that the user sees are left out, so a page may have fewer items.
    /// </param>
    /// <param name="after">A message id; 0 starts with the oldest message.</param>
    /// <param name="limit">The maximum number of messages.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ArrivalPage?> ReadArrivalsAsync(SiteScope scope, long after, int limit, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Messages.Where(m => m.Id > after && m.EarliestMeasuredAt != null).OrderBy(m => m.Id).Take(limit + 1)
            .Select(m => new { m.Id, m.Loggers, m.EarliestMeasuredAt, m.LatestMeasuredAt }).ToListAsync(cancellationToken);

        // This query follows the one for the rows, so that rows deleted in between are noticed.
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
        return new ArrivalPage(
            [.. items.Where(m => !scope.IsLimited || m.Loggers.Count > 0)], rows.Count > limit ? rows[limit - 1].Id : null);
    }

    /// <summary>Reads messages. One that was stored in portions is listed at the position of its first portion.</summary>
    private async Task<List<LedgerLine>> ReadLinesAsync(
        PortalDbContext db, int gatewayId, long before, int count, CancellationToken cancellationToken)
    {
        var rows = await db.Messages.Where(m => m.GatewayId == gatewayId && m.FirstPortion == null && m.Id < before)
            .OrderByDescending(m => m.Id)
            .Take(count)
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

        var further = (
            await db.Messages.AsNoTracking().Where(m => first.Contains(m.FirstPortion)).ToListAsync(cancellationToken)).ToLookup(m =>
                m.FirstPortion);
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
