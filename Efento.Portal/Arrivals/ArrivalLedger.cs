using System.Runtime.InteropServices;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Arrivals;

/// <summary>Reads stored arrivals from the ledger, for consumers that missed the commit.</summary>
internal sealed class ArrivalLedger(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>The number of ledger lines that are read at a time.</summary>
    internal const int Portion = 4_000;

    /// <summary>Reads the next part of what was stored after a message; null if the ledger no longer holds all of it.</summary>
    public Task<ArrivalBatch?> ReadAsync(long after, CancellationToken cancellationToken = default) =>
        ReadAsync(after, Portion, cancellationToken);

    /// <summary>Reads no more lines than <paramref name="most"/>; otherwise like the other method.</summary>
    public async Task<ArrivalBatch?> ReadAsync(long after, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var lines = await db.Messages.Where(m => m.Id > after).OrderBy(m => m.Id).Take(most)
            .Select(m => new { m.Id, m.NewReadings, m.EarliestMeasuredAt, m.LatestMeasuredAt, m.Loggers, m.Route })
            .ToListAsync(cancellationToken);

        // This query follows the one for the lines, so that lines deleted in between are noticed.
        if (after > 0 && after < await db.Messages.MinAsync(m => (long?)m.Id, cancellationToken))
        {
            return null;
        }

        List<ArrivalSpan> spans = [];
        foreach (var line in lines.Where(l => l is { NewReadings: > 0, EarliestMeasuredAt: not null, LatestMeasuredAt: not null }))
        {
            foreach (var logger in MemoryMarshal.Cast<byte, int>(line.Loggers))
            {
                spans.Add(new ArrivalSpan(logger, line.EarliestMeasuredAt!.Value, line.LatestMeasuredAt!.Value)
                {
                    MessageId = line.Id,
                    IsReadAgain = line.Route == Message.ReadAgainRoute,
                });
            }
        }

        return new ArrivalBatch(after, lines.Count == 0 ? after : lines[^1].Id, spans) { MayHaveMore = lines.Count == most };
    }

    /// <summary>The oldest message in the ledger; null if there is none.</summary>
    public async Task<long?> FirstIdAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Messages.MinAsync(m => (long?)m.Id, cancellationToken);
    }

    /// <summary>The newest message in the ledger; 0 if there is none.</summary>
    public async Task<long> LastIdAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Messages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? 0;
    }

    /// <summary>The position of a consumer as it was saved last; null if it has none.</summary>
    public async Task<ArrivalCursor?> CursorAsync(string consumer, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.ArrivalCursors.AsNoTracking().SingleOrDefaultAsync(c => c.Consumer == consumer, cancellationToken);
    }

    /// <summary>The number of messages with new readings after one.</summary>
    public async Task<int> CountAsync(long after, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Messages.CountAsync(m => m.Id > after && m.NewReadings > 0, cancellationToken);
    }

    /// <summary>What follows a message: how many messages with new readings, how many readings, and the first of the messages.</summary>
    public async Task<(int Messages, long Readings, long? FirstId)> BehindAsync(long after, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var behind = db.Messages.Where(m => m.Id > after && m.NewReadings > 0);
        return (
            await behind.CountAsync(cancellationToken),
            await behind.SumAsync(m => (long)m.NewReadings, cancellationToken),
            await behind.MinAsync(m => (long?)m.Id, cancellationToken));
    }

    /// <summary>The number of them, for those who can't wait: figures that are collected.</summary>
    public int Count(long after)
    {
        using var db = database.CreateDbContext();
        return db.Messages.Count(m => m.Id > after && m.NewReadings > 0);
    }
}
