using Efento.Portal.Configuration;
using Efento.Portal.Ingest.Ledger;

namespace Efento.Portal.Ingest.Transactions;

/// <summary>
/// One ingest transaction: its statements, and its changes to memory, which are applied after the commit. A failed transaction is simply
/// dropped. Used in the writer's turn.
/// </summary>
internal sealed class IngestTransaction(
    IngestMemory memory, IIngestStatements statements, BatchEffects effects, IngestOptions options)
{
    private MessageTally _tally;

    /// <summary>The statements.</summary>
    public IIngestStatements Statements => statements;

    /// <summary>The changes to memory after the commit.</summary>
    public BatchEffects Effects => effects;

    /// <summary>The settings, which stay the same during the transaction.</summary>
    public IngestOptions Options => options;

    /// <summary>When it began, Unix ms.</summary>
    public long NowMs { get; } = memory.Clock.NowMs;

    /// <summary>The last message before the transaction.</summary>
    public long After { get; } = memory.Clock.LastMessageId;

    /// <summary>The last message of the transaction; before there is one, the last message before it.</summary>
    public long LastId { get; private set; } = memory.Clock.LastMessageId;

    /// <summary>Loggers and series, including new ones.</summary>
    public KnownLoggers Loggers { get; } = new(memory.Loggers, memory.Series, statements, memory.Clock.LastMessageId);

    /// <summary>Gateways, including changes of this transaction.</summary>
    public KnownGateways Gateways { get; } = new(memory.Gateways, statements);

    /// <summary>The new devices of tokens, and how many more they may add.</summary>
    public NewDevices NewDevices { get; } = new(memory.NewDevices, statements, options, memory.Clock.NowMs);

    /// <summary>The growth of the quarantine in bytes.</summary>
    public QuarantineGrowth Quarantine { get; } = new();

    /// <summary>The counts of its messages together.</summary>
    public MessageTally Tally => _tally;

    /// <summary>Lists a message in the ledger.</summary>
    public void List(Message line, in MessageTally counts)
    {
        statements.Insert(line);
        _tally.Add(counts);
    }

    /// <summary>Assigns an id to a message received at this time (Unix ms).</summary>
    public long Number(long receivedMs) => LastId = memory.Receipts.Next(receivedMs, LastId);

    /// <summary>Call this when the transaction is durable. Updates memory and notifies listeners.</summary>
    public void Committed()
    {
        memory.Clock.LastMessageId = LastId;
        memory.NewDevices.Note(NewDevices);
        Loggers.Commit();
        Gateways.Commit();
        effects.Commit(this);
    }
}
