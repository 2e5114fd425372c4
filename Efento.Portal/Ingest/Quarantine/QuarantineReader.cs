using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Transactions;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>
/// Reads quarantined items again, for example after an update of the portal. This runs in turns at the write gate and uses the same code as
/// new messages, with one transaction and one audit entry for each item. Readings keep their original message id; existing readings stay
/// unchanged.
/// </summary>
internal sealed class QuarantineReader(
    WriteGate gate,
    IDbContextFactory<PortalDbContext> database,
    IIngestStore store,
    IngestState state,
    IngestTransactions transactions,
    MessageApplier applier,
    GatewayResolver gateways,
    QuarantineIntake quarantine,
    ReceiptTimes receipts,
    AuditTrail audit,
    IOptionsMonitor<IngestOptions> options)
{
    /// <summary>Reads an item again if it has not changed since the user saw it.</summary>
    /// <exception cref="Exception">The store failed (<see cref="StoreFault.Of"/>). Nothing was changed.</exception>
    public async Task<ReadAgainOutcome> ReadAsync(Actor actor, QuarantineKey key, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(key, cancellationToken) is not { } message)
        {
            return new(ReadAgainVerdict.Gone);
        }

        try
        {
            IngestTransaction? transaction = null;
            return await gate.WriteAsync(
                async db =>
                {
                    state.Follow(db);
                    using var statements = store.Prepare(db.Database.GetDbConnection());
                    transaction = transactions.Begin(statements);
                    return await ApplyAsync(db, transaction, actor, key, message, cancellationToken);
                },
                _ => transaction!.Committed(),
                cancellationToken);
        }
        catch (QuarantineFullException)
        {
            return new(ReadAgainVerdict.NoRoom);
        }
        catch (Exception fault) when (StoreFault.Of(fault) is { IsOfData: true })
        {
            return new(ReadAgainVerdict.NotStorable);
        }
    }

    /// <summary>
    /// Parses the message again, before the turn at the write gate because large ones take a while. Null if the item has changed or
    /// disappeared.
    /// </summary>
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

    private async Task<ReadAgainOutcome> ApplyAsync(
        PortalDbContext db, IngestTransaction transaction, Actor actor, QuarantineKey key, PendingMessage message,
        CancellationToken cancellationToken)
    {
        var item = await db.QuarantineItems.SingleOrDefaultAsync(q => q.Id == key.Id, cancellationToken);
        if (item is not { ReadAgainMs: null } || !key.Is(item))
        {
            return new(ReadAgainVerdict.Gone);
        }

        var applied = new AppliedMessage(transaction, message, item.MessageId) { GatewayId = item.GatewayId, Rejects = [] };
        var outcome = message.Heartbeat is not null
            ? await ApplyHeartbeatAsync(db, item, applied, cancellationToken)
            : await ApplyMeasurementsAsync(db, item, applied, cancellationToken);
        transaction.Effects.Changed(new LiveKey(LiveTopic.Quarantine));
        await audit.AddAsync(db, actor, Note(key, item, outcome), cancellationToken);
        return outcome;
    }

    private async Task<ReadAgainOutcome> ApplyMeasurementsAsync(
        PortalDbContext db, QuarantineItem item, AppliedMessage applied, CancellationToken cancellationToken)
    {
        applier.ApplyAgain(applied);
        var tally = applied.Tally;
        if (tally.New + tally.Conflicting > 0)
        {
            applied.Transaction.Statements.Insert(MessageLine.OfReadAgain(applied));
        }

        if (tally.Ignored > 0)
        {
            // Some of it would be lost, so all of it stays until the policy changes.
            return new(ReadAgainVerdict.Ignored, tally.New, tally.Duplicate);
        }

        var parts = QuarantineIntake.PartsOf(applied.Parsed, applied.Rejects!, applied.Extent);
        await LeaveAsync(
            db, item, applied, [.. parts.Select(part => QuarantinePart.Of(part, applied.Message.Body.Span))], cancellationToken);
        return new(
            applied.Rejects!.Count > 0 ? ReadAgainVerdict.Rejected : ReadAgainVerdict.Read, tally.New, tally.Duplicate + tally.Conflicting);
    }

    private async Task<ReadAgainOutcome> ApplyHeartbeatAsync(
        PortalDbContext db, QuarantineItem item, AppliedMessage applied, CancellationToken cancellationToken)
    {
        if (applied.Message.Heartbeat is not { IsJson: true })
        {
            return new(ReadAgainVerdict.Rejected);
        }

        // A heartbeat that could not be read left an empty line in the history if its gateway was known.
        await db.Heartbeats.Where(h => h.MessageId == item.MessageId).ExecuteDeleteAsync(cancellationToken);
        if (gateways.TakeHeartbeatAgain(applied) is null)
        {
            return new(ReadAgainVerdict.Rejected);
        }

        await LeaveAsync(db, item, applied, [], cancellationToken);
        return new(ReadAgainVerdict.Read);
    }

    /// <summary>Replaces the item by these parts.</summary>
    private async Task LeaveAsync(
        PortalDbContext db, QuarantineItem item, AppliedMessage applied, IReadOnlyList<QuarantinePart> parts,
        CancellationToken cancellationToken)
    {
        var left = new QuarantineRemainder(db, item, parts);
        await left.SettleAsync(applied.Transaction.NowMs, cancellationToken);
        quarantine.Change(applied.Transaction, item.TokenId, left.GrownBytes);
    }

    private static AuditNote Note(QuarantineKey key, QuarantineItem item, ReadAgainOutcome outcome)
    {
        var left = outcome.Verdict is ReadAgainVerdict.Read
            ? "nothing is left"
            : $"left: {item.Reason}, SHA-256 {Convert.ToHexString(item.Hash)}";
        return new AuditNote(
            "quarantine read again",
            $"quarantine item {key.Id}",
            $"{key.Reason}, SHA-256 {key.Hash}",
            $"{outcome.NewReadings} readings new, {outcome.KnownReadings} known; {left}");
    }
}
