using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Ingest;

/// <summary>What memory shall know of a batch once it is committed, and what must be taken back if it is not.</summary>
internal sealed class BatchEffects(LoggerDirectory loggers, SeriesDirectory series, GatewayDirectory gateways, LoggerRoster roster, RollupQueue rollups, LiveFeed feed, ReceiptTimes receipts)
{
    private static readonly LiveKey Inventory = new(LiveTopic.Inventory);

    private readonly List<LoggerEntry> _newLoggers = [];
    private readonly List<SeriesEntry> _newSeries = [];
    private readonly List<GatewayEntry> _newGateways = [];
    private readonly List<(SeriesEntry Series, Reading Reading)> _stored = [];
    private readonly List<(LoggerEntry Logger, LoggerContact Contact, bool IsAhead)> _noted = [];
    private readonly Dictionary<LoggerEntry, NewestRecord> _newest = [];
    private readonly List<(GatewayEntry Gateway, long MessageId)> _heard = [];
    private readonly List<Action> _onCommit = [];
    private readonly List<Action> _onRollback = [];
    private readonly HashSet<LiveKey> _changed = [];

    public void Added(LoggerEntry logger) => _newLoggers.Add(logger);

    public void Added(SeriesEntry added) => _newSeries.Add(added);

    public void Added(GatewayEntry gateway) => _newGateways.Add(gateway);

    public void Stored(SeriesEntry target, in Reading reading) => _stored.Add((target, reading));

    public void Noted(LoggerEntry logger, LoggerContact contact, bool isAhead) => _noted.Add((logger, contact, isAhead));

    /// <summary>The newest record of a logger, this batch included.</summary>
    public NewestRecord? Newest(LoggerEntry logger) => _newest.GetValueOrDefault(logger) ?? logger.Newest;

    public void IsNewest(LoggerEntry logger, NewestRecord record) => _newest[logger] = record;

    public void Heard(GatewayEntry gateway, long messageId)
    {
        _heard.Add((gateway, messageId));
        Changed(new LiveKey(LiveTopic.Gateway, gateway.Id));
    }

    public void Changed(LiveKey key) => _changed.Add(key);

    public void OnCommit(Action effect) => _onCommit.Add(effect);

    public void OnRollback(Action effect) => _onRollback.Add(effect);

    /// <summary>The batch is durable: latest values and contacts are brought up to date, then the pages are told.</summary>
    public void Commit()
    {
        try
        {
            Apply();
        }
        finally
        {
            Clear();
        }
    }

    private void Apply()
    {
        foreach (var (target, reading) in _stored)
        {
            rollups.Note(target, reading.MeasuredAtMs);
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

        foreach (var (gateway, messageId) in _heard)
        {
            gateway.NoteMessage(messageId);
        }

        _onCommit.ForEach(effect => effect());
        roster.Heard();
        if (_newLoggers.Count + _newSeries.Count + _newGateways.Count > 0 || _changed.Remove(Inventory))
        {
            roster.Changed();
        }

        foreach (var key in _changed)
        {
            feed.Publish(key);
        }
    }

    /// <summary>The batch did not happen: what it added to memory is taken back.</summary>
    public void Rollback()
    {
        _newSeries.ForEach(series.Remove);
        _newLoggers.ForEach(loggers.Remove);
        _newGateways.ForEach(gateways.Remove);
        _onRollback.ForEach(effect => effect());
        Clear();
    }

    private void Clear()
    {
        _newLoggers.Clear();
        _newSeries.Clear();
        _newGateways.Clear();
        _stored.Clear();
        _noted.Clear();
        _newest.Clear();
        _heard.Clear();
        _onCommit.Clear();
        _onRollback.Clear();
        _changed.Clear();
    }
}
