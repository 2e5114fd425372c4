using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Transactions;

/// <summary>Creates ingest transactions, one after the other, in the writer's turn.</summary>
internal sealed class IngestTransactions(IngestMemory memory, BatchEffects effects, IOptionsMonitor<IngestOptions> options)
{
    /// <summary>Creates the next transaction on statements of the writing connection. Anything left by a failed one is cleared.</summary>
    public IngestTransaction Begin(IIngestStatements statements)
    {
        // The lists are reused, because ten thousand messages a second may fill them.
        effects.Clear();
        return new IngestTransaction(memory, statements, effects, options.CurrentValue);
    }
}
