using Efento.Portal.Arrivals;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Transactions;
using Efento.Portal.Live;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest;

/// <summary>
/// Collects the changes that a transaction makes to memory, and applies them after the commit. A transaction that fails leaves memory
/// unchanged.
/// </summary>
internal sealed class BatchEffects(LoggerRoster roster, ArrivalFeed arrivals, LiveFeed feed, ReceiptTimes receipts)
{
    private static readonly LiveKey Inventory = new(LiveTopic.Inventory);

    private readonly List<(SeriesEntry Series, Reading Reading)> _stored = [];
    private readonly List<(LoggerEntry Logger, LoggerContact Contact, bool IsAhead)> _noted = [];
    private readonly Dictionary<LoggerEntry, NewestRecord> _newest = [];
    private readonly List<(GatewayEntry Gateway, long MessageId, bool? IsPlainHttp)> _heard = [];
    private readonly List<Action> _onCommit = [];
    private readonly HashSet<LiveKey> _changed = [];
    private readonly ArrivalSpans _arrived = new();

    public void Stored(SeriesEntry target, in Reading reading) => _stored.Add((target, reading));

    public void Noted(LoggerEntry logger, LoggerContact contact, bool isAhead) => _noted.Add((logger, contact, isAhead));

    /// <summary>The newest record of a logger, including this batch.</summary>
    public NewestRecord? Newest(LoggerEntry logger) => _newest.GetValueOrDefault(logger) ?? logger.Newest;

    public void IsNewest(LoggerEntry logger, NewestRecord record) => _newest[logger] = record;

    /// <summary>Notes a message of a gateway, and whether it came over plain HTTP; null for a message that is processed again.</summary>
    public void Heard(GatewayEntry gateway, long messageId, bool? isPlainHttp = null)
    {
        _heard.Add((gateway, messageId, isPlainHttp));
        Changed(new LiveKey(LiveTopic.Gateway, gateway.Id));
    }

    public void Changed(LiveKey key) => _changed.Add(key);

    public void OnCommit(Action effect) => _onCommit.Add(effect);

    /// <summary>Call this when the batch is durable. Updates latest values and contacts, then notifies the pages.</summary>
    public void Commit(IngestTransaction transaction)
    {
        try
        {
            Apply(transaction);
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Resets everything for the next transaction.</summary>
    public void Clear()
    {
        _stored.Clear();
        _noted.Clear();
        _newest.Clear();
        _heard.Clear();
        _onCommit.Clear();
        _changed.Clear();
        _arrived.TakeAll();
    }

    private void Apply(IngestTransaction transaction)
    {
        foreach (var (target, reading) in _stored)
        {
            _arrived.Add(target.LoggerId, reading.MeasuredAtMs);
            target.Note(reading);
        }

        foreach (var (logger, contact, isAhead) in _noted)
        {
            if (isAhead)
            {
                logger.NoteAhead(contact);
            }
            else
            {
                logger.Note(contact, receipts.ReceivedMs(contact.MessageId));
            }
        }

        foreach (var (logger, record) in _newest)
        {
            logger.Newest = record;
        }

        foreach (var (gateway, messageId, isPlainHttp) in _heard)
        {
            gateway.NoteMessage(messageId);
            gateway.IsPlainHttp = isPlainHttp ?? gateway.IsPlainHttp;
        }

        _onCommit.ForEach(effect => effect());
        var isInventoryChanged = transaction.Loggers.HasNew || transaction.Gateways.HasNew || _changed.Remove(Inventory);
        if (isInventoryChanged)
        {
            // Before the consumers ask: they must find the points of new loggers.
            roster.Forget();
        }

        if (transaction.LastId > transaction.After)
        {
            arrivals.Publish(new ArrivalBatch(transaction.After, transaction.LastId, _arrived.TakeAll(), Readings()));
        }

        roster.Heard();
        if (isInventoryChanged)
        {
            roster.Changed();
        }

        foreach (var key in _changed)
        {
            feed.Publish(key);
        }
    }

    private ArrivedReading[] Readings() =>
    [
        .. _stored.Select(s => new ArrivedReading(
            s.Series.Id,
            s.Series.LoggerId,
            s.Reading.MeasuredAtMs,
            s.Reading.IsWithoutValue ? null : s.Reading.Measurement,
            s.Reading.MessageId,
            (s.Reading.Flags & ReadingFlags.ClockAhead) != 0,
            s.Reading.Signal)),
    ];
}
