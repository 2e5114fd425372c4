using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Ingest.Transactions;

namespace Efento.Portal.Ingest;

/// <summary>
/// Stores waiting messages, and decides the outcome of each. A batch is one transaction, and so is each portion of a large message. If the
/// store fails, the whole batch is refused; if a single message fails, it is quarantined. Used by the writer only.
/// </summary>
internal sealed partial class BatchWriter(
    WriteGate gate, IngestCommitter committer, MessageApplier applier, LogLimiter limiter, ILogger<BatchWriter> log)
{
    private const string Failed = "The portal failed; its log says why.";

    private readonly List<(PendingMessage Message, IngestOutcome Outcome)> _applied = [];

    /// <summary>Stores a batch. Afterwards every message in it has an outcome.</summary>
    public async Task WriteAsync(IReadOnlyList<PendingMessage> batch)
    {
        try
        {
            using var lease = await gate.EnterAsync();
            WriteBatch(lease, batch);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            // The database could not even be opened.
            committer.Refuse(batch, fault);
        }
        catch (Exception fault)
        {
            // A bug in the writer must not end it. Gateways keep their data and send it again.
            Report(fault);
            foreach (var message in batch)
            {
                message.Decide(IngestOutcome.Later(Failed));
            }
        }
    }

    /// <summary>
    /// Stores the next portion of a large message. Stored portions are kept even if the rest fails: the gateway sends the message again,
    /// and that adds the rest.
    /// </summary>
    public async Task WriteAsync(PortionedMessage large)
    {
        try
        {
            using var lease = await gate.EnterAsync();
            WritePortion(lease, large);
        }
        catch (QuarantineFullException full)
        {
            large.Message.Decide(IngestOutcome.Later(full.Message));
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            committer.Refuse([large.Message], fault);
        }
        catch (Exception fault)
        {
            Report(fault);
            large.Message.Decide(IngestOutcome.Later(Failed));
        }
    }

    private void WriteBatch(WriteLease lease, IReadOnlyList<PendingMessage> batch)
    {
        try
        {
            Write(lease, batch, applier.Apply);
        }
        catch (Exception fault) when (!IngestCommitter.IsStoreFault(fault))
        {
            WriteOneByOne(lease, batch);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            committer.Discard(lease, fault);
            committer.Refuse(batch, fault);
        }
    }

    /// <summary>
    /// Stores each message of a batch in a transaction of its own, because one of them can't be stored. A message that fails again is
    /// quarantined.
    /// </summary>
    private void WriteOneByOne(WriteLease lease, IReadOnlyList<PendingMessage> batch)
    {
        foreach (var message in batch.Where(m => !m.IsDecided))
        {
            try
            {
                WriteAlone(lease, message);
            }
            catch (QuarantineFullException full)
            {
                message.Decide(IngestOutcome.Later(full.Message));
            }
            catch (Exception fault) when (!IngestCommitter.IsStoreFault(fault))
            {
                // It could not even be quarantined. The gateway sends it again, and the others are stored.
                Report(fault);
                message.Decide(IngestOutcome.Later(Failed));
            }
            catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
            {
                committer.Discard(lease, fault);
                committer.Refuse([.. batch.Where(m => !m.IsDecided)], fault);
                return;
            }
        }
    }

    private void WriteAlone(WriteLease lease, PendingMessage message)
    {
        try
        {
            Write(lease, [message], applier.Apply);
        }
        catch (Exception fault) when (IsOfMessage(fault))
        {
            NotePoisoned(message, fault);
            Write(lease, [message], applier.ApplyPoisoned);
        }
    }

    private void WritePortion(WriteLease lease, PortionedMessage large)
    {
        try
        {
            try
            {
                Write(lease, large, applier.ApplyPortion);
            }
            catch (Exception fault) when (IsOfMessage(fault))
            {
                NotePoisoned(large.Message, fault);
                Write(lease, large, applier.ApplyPoisonedPortion);
            }
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            committer.Discard(lease, fault);
            throw;
        }
    }

    /// <summary>Commits the messages together and sets their outcomes.</summary>
    private void Write(
        WriteLease lease, IReadOnlyList<PendingMessage> messages, Func<IngestTransaction, PendingMessage, IngestOutcome> apply)
    {
        _applied.Clear();
        committer.Commit(
            lease,
            messages,
            transaction =>
            {
                foreach (var message in messages)
                {
                    _applied.Add((message, apply(transaction, message)));
                }
            },
            _ => _applied.ForEach(applied => applied.Message.Decide(applied.Outcome)));
    }

    /// <summary>Commits the next portion of a large message.</summary>
    private void Write(WriteLease lease, PortionedMessage large, Func<IngestTransaction, PortionedMessage, IngestOutcome?> apply)
    {
        IngestOutcome? outcome = null;
        committer.Commit(
            lease,
            [large.Message],
            transaction => outcome = apply(transaction, large),
            id =>
            {
                large.Advance(id);
                if (outcome is not null)
                {
                    large.Message.Decide(outcome);
                }
            });
    }

    private void NotePoisoned(PendingMessage message, Exception fault)
    {
        if (limiter.IsDue(nameof(LogPoisoned)))
        {
            LogPoisoned(log, message.Route, message.Body.Length, fault);
        }
    }

    private void Report(Exception fault)
    {
        if (limiter.IsDue(nameof(LogFault)))
        {
            LogFault(log, fault);
        }
    }

    /// <summary>
    /// Whether the message itself causes the fault, so that it would fail every time. A fault of the store is not the message's. Neither is
    /// a lack of room or memory, which another message may have caused.
    /// </summary>
    private static bool IsOfMessage(Exception fault) =>
        fault is not (QuarantineFullException or OutOfMemoryException) && !IngestCommitter.IsStoreFault(fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message to {Route} of {Bytes} bytes could not be stored and was put into quarantine")]
    private static partial void LogPoisoned(ILogger log, string route, int bytes, Exception fault);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The writer failed")]
    private static partial void LogFault(ILogger log, Exception fault);
}
