using System.Diagnostics.Metrics;
using Efento.Portal.Configuration;
using Efento.Portal.Ingest.Ledger;

namespace Efento.Portal.Ingest;

/// <summary>Figures of what gateways send and of how it is stored, named by the conventions of OpenTelemetry. Thread-safe.</summary>
internal sealed class IngestMeter
{
    /// <summary>The tag with the kind of a message: measurements or heartbeat.</summary>
    public const string KindTag = "efento.message.kind";

    /// <summary>The tag with the status a message was answered.</summary>
    public const string AnswerTag = "http.response.status_code";

    /// <summary>The tag with what became of readings.</summary>
    public const string OutcomeTag = "efento.outcome";

    /// <summary>From half a millisecond, a fast disk, to the ten seconds of one that fails.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    };

    private readonly Counter<long> _messages;
    private readonly Counter<long> _readings;
    private readonly Counter<long> _setAside;
    private readonly Histogram<double> _commits;
    private readonly Histogram<double> _syncs;

    public IngestMeter(IMeterFactory meters, IngestQueue queue)
    {
        var meter = PortalMeter.Of(meters);
        _messages = meter.CreateCounter<long>("efento.ingest.messages", "{message}", "Messages of gateways, by the status of the answer.");
        _readings = meter.CreateCounter<long>("efento.ingest.readings", "{reading}", "Readings, by what became of them.");
        _setAside = meter.CreateCounter<long>("efento.ingest.quarantined", "{part}", "Parts of messages that went into the quarantine.");
        _commits = meter.CreateHistogram(
            "efento.ingest.commit.duration", "s", "How long a transaction with messages took, its sync included.", tags: null, Seconds);
        _syncs = meter.CreateHistogram(
            "efento.ingest.sync.duration", "s", "How long the disk took to make such a transaction durable.", tags: null, Seconds);
        meter.CreateObservableUpDownCounter(
            "efento.ingest.queue.messages", () => queue.Waiting, "{message}", "Messages of gateways that wait for their commit.");
    }

    /// <summary>A message was answered.</summary>
    public void Answered(bool isHeartbeat, int status)
    {
        if (_messages.Enabled)
        {
            _messages.Add(1, new(KindTag, isHeartbeat ? "heartbeat" : "measurements"), new(AnswerTag, WordOf(status)));
        }
    }

    /// <summary>A transaction is durable.</summary>
    /// <param name="tally">The counts of its messages.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="sync">The part of it in which it was made durable.</param>
    public void Committed(in MessageTally tally, TimeSpan took, TimeSpan sync)
    {
        _commits.Record(took.TotalSeconds);
        _syncs.Record(sync.TotalSeconds);
        Add(tally.New, "new");
        Add(tally.Duplicate, "duplicate");
        Add(tally.Conflicting, "conflict");
        if (tally.Quarantined > 0)
        {
            _setAside.Add(tally.Quarantined);
        }
    }

    private void Add(int count, string outcome)
    {
        if (count > 0)
        {
            _readings.Add(count, new KeyValuePair<string, object?>(OutcomeTag, outcome));
        }
    }

    // A number would be put into a box for each message.
    private static string WordOf(int status) => status switch
    {
        StatusCodes.Status201Created => "201",
        StatusCodes.Status400BadRequest => "400",
        StatusCodes.Status401Unauthorized => "401",
        StatusCodes.Status408RequestTimeout => "408",
        StatusCodes.Status413PayloadTooLarge => "413",
        StatusCodes.Status503ServiceUnavailable => "503",
        _ => "other",
    };
}
