using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest.Transactions;

/// <summary>A message, or a portion of one, while it is added to a transaction.</summary>
internal sealed class AppliedMessage(IngestTransaction transaction, PendingMessage message, long id)
{
    /// <summary>Its counts.</summary>
    public MessageTally Tally;

    /// <summary>The transaction.</summary>
    public IngestTransaction Transaction => transaction;

    /// <summary>The message as it came.</summary>
    public PendingMessage Message => message;

    /// <summary>Its id.</summary>
    public long Id => id;

    /// <summary>Its gateway; null if unknown.</summary>
    public int? GatewayId { get; set; }

    /// <summary>The parsed measurements, or a portion of them.</summary>
    public ParsedMessage Parsed { get; init; } = message.Measurements!;

    /// <summary>The part of the body to set aside if there are many rejects.</summary>
    public Extent Extent { get; init; } = Extent.Of(message);

    /// <summary>The rejects of a message that is read again; null for a new message, whose rejects are set aside.</summary>
    public List<Reject>? Rejects { get; init; }

    /// <summary>
    /// The clock that times of measurement are compared with, Unix ms: for a message that is read again, the time of its receipt.
    /// </summary>
    public long ClockMs => Rejects is null ? transaction.NowMs : message.ReceivedMs;

    /// <summary>Serials of which the policy for unknown loggers stores nothing.</summary>
    public HashSet<string> Ignored { get; } = new(0);

    /// <summary>What was set aside last.</summary>
    public Reject? LastAside { get; set; }

    /// <summary>Notes a logger whose readings it contains.</summary>
    public void Touch(int loggerId)
    {
        var loggers = Tally.Loggers ??= [];
        if (loggers.Count == 0 || loggers[^1] != loggerId)
        {
            loggers.Add(loggerId);
        }
    }
}
