using System.Diagnostics;
using Efento.Portal.Configuration;
using Efento.Portal.Data;

namespace Efento.Portal.Ingest.Transactions;

/// <summary>
/// Commits ingest transactions on the writing connection. The prepared statements are reused as long as the connection. Used by the writer
/// only.
/// </summary>
internal sealed partial class IngestCommitter(
    IIngestStore store, IngestTransactions transactions, IngestState state, StoreHealth health, IngestMeter meter, PortalTraces traces,
    ILogger<IngestCommitter> log) : IDisposable
{
    private IIngestStatements? _statements;

    /// <summary>Whether the store itself failed (disk, lock, file, memory) and not the data of one message.</summary>
    public static bool IsStoreFault(Exception fault) => StoreFault.Of(fault) is { IsOfData: false };

    /// <summary>Runs one transaction.</summary>
    /// <param name="lease">The turn at the write gate.</param>
    /// <param name="messages">The messages of the transaction.</param>
    /// <param name="apply">Writes the content.</param>
    /// <param name="durable">Called with the last message when the transaction is durable, even if the effects on memory fail.</param>
    /// <exception cref="Exception">Nothing is stored, and memory is unchanged.</exception>
    public void Commit(
        WriteLease lease, IReadOnlyList<PendingMessage> messages, Action<IngestTransaction> apply, Action<long> durable)
    {
        state.Follow(lease);
        var statements = StatementsOn(lease);
        var transaction = transactions.Begin(statements);
        using var span = traces.Source.StartActivity("efento.ingest.commit");
        var begin = Stopwatch.GetTimestamp();
        TimeSpan sync;
        try
        {
            lease.Begin();
            apply(transaction);
            var applied = Stopwatch.GetTimestamp();
            lease.Commit();
            sync = Stopwatch.GetElapsedTime(applied);
        }
        catch
        {
            statements.Readings.RolledBack();
            RollBack(lease);
            throw;
        }

        span?.SetTag("efento.messages", messages.Count);
        meter.Committed(transaction.Tally, Stopwatch.GetElapsedTime(begin), sync);
        try
        {
            transaction.Committed();
            lease.EnsureInPlace();
            health.ReportSuccess();
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { Kind: StoreFaultKind.Moved } moved)
        {
            // It was committed, but into files that will be gone at the next start.
            Refuse(messages, moved);
        }
        finally
        {
            durable(transaction.LastId);
        }
    }

    /// <summary>Refuses these messages because the store failed; gateways have to send them again later.</summary>
    public void Refuse(IReadOnlyList<PendingMessage> messages, StoreFault fault)
    {
        health.ReportFault(fault);
        foreach (var message in messages)
        {
            message.Decide(IngestOutcome.Later(IngestWords.Of(fault)));
        }
    }

    /// <summary>
    /// Discards the connection after a failed read, write or sync. What the failed transaction wrote may reappear when the database is
    /// reopened, so memory is then loaded again.
    /// </summary>
    public void Discard(WriteLease lease, StoreFault fault)
    {
        if (fault.Kind is StoreFaultKind.Full or StoreFaultKind.Busy)
        {
            return;
        }

        Dispose();
        lease.DiscardConnection();
    }

    /// <summary>Disposes the prepared statements.</summary>
    public void Dispose()
    {
        _statements?.Dispose();
        _statements = null;
    }

    private void RollBack(WriteLease lease)
    {
        try
        {
            lease.RollBack();
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            // What the transaction wrote is discarded with the connection, or at the next start.
            LogRollback(log, fault.Code);
        }
    }

    private IIngestStatements StatementsOn(WriteLease lease)
    {
        if (_statements is not null && ReferenceEquals(_statements.Connection, lease.Connection))
        {
            return _statements;
        }

        _statements?.Dispose();
        return _statements = store.Prepare(lease.Connection);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The transaction could not be rolled back (code {Code})")]
    private static partial void LogRollback(ILogger log, string code);
}
