using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// Reads what is in quarantine again, as after an update of the portal: at the writer's turn and through the same applier, one item a
/// transaction with its line in the audit trail. Readings keep the message they came with; those that are there stay as they are.
/// </summary>
internal sealed class QuarantineReader(
    WriteGate gate,
    IDbContextFactory<PortalDbContext> database,
    IReadingStore readings,
    IngestState state,
    MessageApplier applier,
    GatewayResolver gateways,
    Quarantine quarantine,
    NewDeviceQuota newDevices,
    BatchEffects effects,
    ServerClock clock,
    ReceiptTimes receipts,
    AuditTrail audit,
    IOptionsMonitor<IngestOptions> options)
{
    /// <summary>Reads an item again as it was seen.</summary>
    /// <exception cref="DbUpdateException">The store failed; nothing was changed.</exception>
    /// <exception cref="SqliteException">The store failed; nothing was changed.</exception>
    public async Task<ReadAgainOutcome> ReadAsync(Actor actor, QuarantineKey key, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(key, cancellationToken) is not { } message)
        {
            return new(ReadAgainVerdict.Gone);
        }

        try
        {
            return await gate.WriteAsync(
                db => ApplyAsync(db, actor, key, message, cancellationToken),
                _ => effects.Commit(),
                () =>
                {
                    effects.Rollback();
                    newDevices.Rollback();
                },
                cancellationToken);
        }
        catch (QuarantineFullException)
        {
            return new(ReadAgainVerdict.NoRoom);
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException refused && !IngestWriter.IsStoreFault(refused))
        {
            return new(ReadAgainVerdict.NotStorable);
        }
    }

    /// <summary>The message as it came, read anew; before the writer's turn, for large ones take a while. Null if it is not there as it was seen.</summary>
    private async Task<PendingMessage?> FindAsync(QuarantineKey key, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var item = await db.QuarantineItems.AsNoTracking().SingleOrDefaultAsync(q => q.Id == key.Id, cancellationToken);
        if (item is not { ReadAgainMs: null } || !key.Is(item))
        {
            return null;
        }

        var origin = await db.Messages.Where(m => m.Id == item.MessageId).Select(m => m.Route).SingleOrDefaultAsync(cancellationToken);
        return QuarantinedMessage.Of(item, origin, receipts.ReceivedMs(item.MessageId), options.CurrentValue);
    }

    private async Task<ReadAgainOutcome> ApplyAsync(PortalDbContext db, Actor actor, QuarantineKey key, PendingMessage message, CancellationToken cancellationToken)
    {
        state.Follow(db);
        var item = await db.QuarantineItems.SingleOrDefaultAsync(q => q.Id == key.Id, cancellationToken);
        if (item is not { ReadAgainMs: null } || !key.Is(item))
        {
            return new(ReadAgainVerdict.Gone);
        }

        var outcome = message.Heartbeat is not null
            ? await ApplyHeartbeatAsync(db, item, message, cancellationToken)
            : await ApplyMeasurementsAsync(db, item, message, cancellationToken);
        effects.Changed(new LiveKey(LiveTopic.Quarantine));
        await audit.AddAsync(db, actor, Note(key, item, outcome), cancellationToken);
        return outcome;
    }

    private async Task<ReadAgainOutcome> ApplyMeasurementsAsync(PortalDbContext db, QuarantineItem item, PendingMessage message, CancellationToken cancellationToken)
    {
        var (current, now) = (options.CurrentValue, clock.NowMs);
        List<Reject> rejects = [];
        MessageTally tally;
        using (var statements = new IngestStatements((SqliteConnection)db.Database.GetDbConnection(), readings))
        {
            tally = applier.ApplyAgain(message, item.MessageId, item.GatewayId, rejects, statements, effects, current, now);
        }

        NoteArrival(db, message, tally, now);
        if (tally.Ignored > 0)
        {
            // Part of it would be lost: all of it stays until the policy is another.
            return new(ReadAgainVerdict.Ignored, tally.New, tally.Duplicate);
        }

        var parts = Quarantine.PartsOf(message.Measurements!, rejects, Extent.Of(message));
        var left = new QuarantineRest(db, item, [.. parts.Select(part => QuarantinePart.Of(part, message.Body.Span))]);
        await left.SettleAsync(now, cancellationToken);
        quarantine.Change(item.TokenId, left.GrownBytes, effects, current);
        return new(rejects.Count > 0 ? ReadAgainVerdict.Rejected : ReadAgainVerdict.Read, tally.New, tally.Duplicate + tally.Conflicting);
    }

    private async Task<ReadAgainOutcome> ApplyHeartbeatAsync(PortalDbContext db, QuarantineItem item, PendingMessage message, CancellationToken cancellationToken)
    {
        if (message.Heartbeat is not { IsJson: true })
        {
            return new(ReadAgainVerdict.Rejected);
        }

        // What could not be read left an empty line in the history, if its gateway was known.
        await db.Heartbeats.Where(h => h.MessageId == item.MessageId).ExecuteDeleteAsync(cancellationToken);
        using (var statements = new IngestStatements((SqliteConnection)db.Database.GetDbConnection(), readings))
        {
            if (gateways.TakeHeartbeatAgain(message, item.MessageId, item.GatewayId, statements, effects, options.CurrentValue, clock.NowMs) is null)
            {
                return new(ReadAgainVerdict.Rejected);
            }
        }

        var left = new QuarantineRest(db, item, []);
        await left.SettleAsync(clock.NowMs, cancellationToken);
        quarantine.Change(item.TokenId, left.GrownBytes, effects, options.CurrentValue);
        return new(ReadAgainVerdict.Read);
    }

    /// <summary>Programs that follow the arrivals learn what came: the readings' own message is behind their cursor.</summary>
    private void NoteArrival(PortalDbContext db, PendingMessage message, in MessageTally tally, long nowMs)
    {
        if (tally.New + tally.Conflicting == 0)
        {
            return;
        }

        var id = receipts.Next(nowMs, clock.LastMessageId);
        effects.OnCommit(() => clock.LastMessageId = id);
        db.Messages.Add(new Message
        {
            Id = id,
            TokenId = 0,
            Address = "",
            Route = Message.ReadAgainRoute,
            Bytes = message.Body.Length,
            Records = tally.Records,
            NewReadings = tally.New,
            DuplicateReadings = tally.Duplicate,
            ConflictingReadings = tally.Conflicting,
            QuarantinedParts = tally.Quarantined,
            IgnoredRecords = tally.Ignored,
            EarliestMeasuredAt = tally.EarliestMs,
            LatestMeasuredAt = tally.LatestMs,
            Loggers = tally.LoggerBytes(),
        });
    }

    private static AuditNote Note(QuarantineKey key, QuarantineItem item, ReadAgainOutcome outcome)
    {
        var left = outcome.Verdict is ReadAgainVerdict.Read ? "nothing is left" : $"left: {item.Reason}, SHA-256 {Convert.ToHexString(item.Hash)}";
        return new AuditNote(
            "quarantine read again",
            $"quarantine item {key.Id}",
            $"{key.Reason}, SHA-256 {key.Hash}",
            $"{outcome.NewReadings} readings new, {outcome.KnownReadings} known; {left}");
    }
}
