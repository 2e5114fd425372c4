using System.Runtime.InteropServices;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>The ledger of messages, for pages and the read API.</summary>
public sealed class LedgerQuery(IDbContextFactory<PortalDbContext> database, LoggerDirectory loggers, IOptionsMonitor<IngestOptions> options)
{
    /// <summary>The largest body that is taken now, in bytes: what a gateway stuck with a larger one is told.</summary>
    public long MaxBodyBytes => options.CurrentValue.MaxBodyBytes;

    /// <summary>The last messages of a gateway, newest first.</summary>
    public async Task<IReadOnlyList<LedgerLine>> ReadLastAsync(int gatewayId, int count, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Messages.Where(m => m.GatewayId == gatewayId).OrderByDescending(m => m.Id).Take(count)
            .Select(m => new LedgerLine(
                m.Id, m.Route, m.Address, m.Bytes, m.Records, m.NewReadings, m.DuplicateReadings, m.ConflictingReadings,
                m.QuarantinedParts, m.IgnoredRecords, m.Answer, m.Milliseconds))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Messages with readings received after the message <paramref name="after"/>, in the order received; null if that message is older
    /// than the ledger, so that what came after it can't be told any more.
    /// </summary>
    /// <param name="after">A message; 0 begins with the oldest kept.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ArrivalPage?> ReadArrivalsAsync(long after, int limit, CancellationToken cancellationToken = default)
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
            SerialsOf(m.Loggers),
            DateTimeOffset.FromUnixTimeMilliseconds(m.EarliestMeasuredAt!.Value),
            DateTimeOffset.FromUnixTimeMilliseconds(m.LatestMeasuredAt!.Value)));
        return new ArrivalPage([.. items], rows.Count > limit);
    }

    private List<string> SerialsOf(byte[] ids)
    {
        var serials = new List<string>();
        foreach (var id in MemoryMarshal.Cast<byte, int>(ids))
        {
            if (loggers.TryGet(id, out var logger))
            {
                serials.Add(logger.Serial);
            }
        }

        return serials;
    }
}
