using System.Runtime.InteropServices;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Live;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest;

/// <summary>
/// Puts one message into the open transaction: loggers and series it brings, its readings, what it has to set aside, its line in the
/// ledger. What memory shall know of it after the commit goes into <see cref="BatchEffects"/>.
/// </summary>
internal sealed class MessageApplier(
    LoggerDirectory loggers,
    SeriesDirectory series,
    GatewayResolver gateways,
    Quarantine quarantine,
    NewDeviceQuota newDevices,
    BodyArchive bodies)
{
    private readonly Dictionary<long, bool> _answers = [];
    private readonly List<int> _touched = [];
    private readonly HashSet<string> _ignored = [];
    private Reject? _lastAside;

    /// <summary>Applies a message under the id <paramref name="id"/>.</summary>
    /// <exception cref="QuarantineFullException">It has something to set aside and there is no room.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The database refused.</exception>
    public IngestOutcome Apply(PendingMessage message, long id, IngestStatements statements, BatchEffects effects, IngestOptions options, long nowMs)
    {
        var tally = new MessageTally();
        var gateway = gateways.Resolve(message, id, statements, effects, options, nowMs);
        var outcome = message switch
        {
            { Measurements: { } parsed } => ApplyMeasurements(new(message, parsed, Extent.Of(message), id, gateway?.Id, statements, effects, options, nowMs), ref tally),
            { Heartbeat.IsJson: false } => SetAsideWhole(message, id, gateway?.Id, RejectReason.NotJson, statements, effects, options, ref tally),
            { Heartbeat: not null } when gateway is null =>
                SetAsideWhole(message, id, null, RejectReason.TooManyNewGateways, statements, effects, options, ref tally),
            _ => IngestOutcome.Stored,
        };
        statements.Insert(LedgerLine(message, id, gateway?.Id, tally, nowMs));
        if (message.RefusedBytes is null)
        {
            bodies.Observe(message, id, gateway?.Id, statements, effects);
        }

        NoteSender(message, id, gateway, effects);
        return outcome;
    }

    /// <summary>Applies the next portion of a large message under an id of its own; null unless it was the last.</summary>
    /// <exception cref="QuarantineFullException">It has something to set aside and there is no room.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The database refused.</exception>
    public IngestOutcome? ApplyPortion(PortionedMessage large, long id, IngestStatements statements, BatchEffects effects, IngestOptions options, long nowMs)
    {
        var (message, portion, tally) = (large.Message, large.Current, new MessageTally());
        var gateway = gateways.Resolve(message, id, statements, effects, options, nowMs);
        ApplyMeasurements(new(message, portion.Parsed, portion.Extent, id, gateway?.Id, statements, effects, options, nowMs), ref tally);
        statements.Insert(LedgerLine(message, id, gateway?.Id, tally, nowMs, large));
        if (large.FirstId is null)
        {
            bodies.Observe(message, id, gateway?.Id, statements, effects);
        }

        NoteSender(message, id, gateway, effects);
        string[] ignored = [.. _ignored];
        effects.OnCommit(() =>
        {
            large.Ignored.UnionWith(ignored);
            large.GatewayId = gateway?.Id;
        });
        return AnswerLast(large);
    }

    /// <summary>Sets the next portion of a large message aside, as <see cref="ApplyPoisoned"/>.</summary>
    public IngestOutcome? ApplyPoisonedPortion(PortionedMessage large, long id, IngestStatements statements, BatchEffects effects, IngestOptions options, long nowMs)
    {
        var tally = new MessageTally { Records = large.Current.Parsed.Records.Count, Quarantined = 1 };
        quarantine.SetAside(large.Current.Extent.As(RejectReason.NotStorable), large.Message, id, large.GatewayId, statements, effects, options);
        statements.Insert(LedgerLine(large.Message, id, large.GatewayId, tally, nowMs, large));
        _ignored.Clear();
        return AnswerLast(large);
    }

    private IngestOutcome? AnswerLast(PortionedMessage large)
    {
        if (!large.Current.IsLast)
        {
            return null;
        }

        _ignored.UnionWith(large.Ignored);
        return new IngestOutcome(null, Answers(large.Message.Measurements!.Handles));
    }

    private void NoteSender(PendingMessage message, long id, GatewayEntry? gateway, BatchEffects effects)
    {
        effects.Changed(new LiveKey(LiveTopic.Token, message.TokenId));
        if (gateway is not null)
        {
            effects.Heard(gateway, id);
            gateway.IsPlainHttp = message.IsPlainHttp;
        }
        else
        {
            gateways.NoteUnassigned(message, effects);
        }
    }

    /// <summary>Sets a message aside that could not be stored although the store works, and writes its line.</summary>
    public IngestOutcome ApplyPoisoned(PendingMessage message, long id, IngestStatements statements, BatchEffects effects, IngestOptions options, long nowMs)
    {
        var tally = new MessageTally();
        SetAsideWhole(message, id, null, RejectReason.NotStorable, statements, effects, options, ref tally);
        statements.Insert(LedgerLine(message, id, null, tally, nowMs));
        _ignored.Clear();
        return new IngestOutcome(null, Answers(message.Measurements?.Handles ?? []));
    }

    /// <summary>
    /// Applies kept measurements anew under the id they came with; their times are judged by the clock they were received at. No line in the
    /// ledger, and nothing is set aside: what still can't be used goes into <paramref name="rejects"/>.
    /// </summary>
    public MessageTally ApplyAgain(
        PendingMessage message, long id, int? gatewayId, List<Reject> rejects, IngestStatements statements, BatchEffects effects, IngestOptions options, long nowMs)
    {
        var tally = new MessageTally();
        ApplyMeasurements(new(message, message.Measurements!, Extent.Of(message), id, gatewayId, statements, effects, options, nowMs, rejects), ref tally);
        return tally;
    }

    private IngestOutcome ApplyMeasurements(in Work work, ref MessageTally tally)
    {
        _touched.Clear();
        _ignored.Clear();
        _lastAside = null;
        tally.Records = work.Parsed.Records.Count;
        if (work.Rejects is { } rejects)
        {
            rejects.AddRange(work.Parsed.Rejects);
        }
        else
        {
            quarantine.SetAside(work.Parsed, work.Extent, work.Message, work.Id, work.GatewayId, work.Statements, work.Effects, work.Options);
        }

        tally.Quarantined = work.Parsed.Rejects.Count;
        for (var i = 0; i < work.Parsed.Records.Count; i++)
        {
            ApplyRecord(work, work.Parsed.Records[i], ref tally);
        }

        tally.Loggers = _touched;
        return new IngestOutcome(null, Answers(work.Parsed.Handles));
    }

    private void ApplyRecord(in Work work, in ParsedRecord record, ref MessageTally tally)
    {
        if (ClockSkew.Judge(record.MeasuredAtMs, work.ClockMs, work.Options) is { } fault)
        {
            SetAsideRecord(work, record, RejectScope.Record, fault, ref tally);
            NoteWrongClock(work, record);
            return;
        }

        if (!loggers.TryGet(record.Serial, out var logger))
        {
            if (work.Options.UnknownLoggers is UnknownLoggerPolicy.Ignore)
            {
                tally.Ignored++;
                _ignored.Add(record.Serial);
                return;
            }

            if (!newDevices.TryTakeLogger(work.Message.TokenId, work.NowMs, work.Options, work.Statements))
            {
                SetAsideRecord(work, record, RejectScope.Record, RejectReason.TooManyNewLoggers, ref tally);
                return;
            }

            logger = AddLogger(work, record.Serial);
        }

        var isAhead = ClockSkew.IsAhead(record.MeasuredAtMs, work.ClockMs);
        NoteLogger(work, logger, record, isAhead && ClockSkew.IsAhead(record.MeasuredAtMs, work.NowMs));
        if (StoreParams(work, logger, record, isAhead, ref tally))
        {
            NoteReport(work, logger, record);
        }

        tally.Cover(record.MeasuredAtMs);
    }

    /// <summary>A logger whose clock is far off is there all the same: somebody has to see why nothing of it is shown.</summary>
    private void NoteWrongClock(in Work work, in ParsedRecord record)
    {
        if (work.Rejects is not null)
        {
            return;
        }

        if (!loggers.TryGet(record.Serial, out var logger))
        {
            if (work.Options.UnknownLoggers is UnknownLoggerPolicy.Ignore
                || !newDevices.TryTakeLogger(work.Message.TokenId, work.NowMs, work.Options, work.Statements))
            {
                return;
            }

            logger = AddLogger(work, record.Serial);
        }

        work.Effects.OnCommit(logger.NoteSetAside);
        work.Effects.Changed(new LiveKey(LiveTopic.Logger, logger.Id));
    }

    private LoggerEntry AddLogger(in Work work, string serial)
    {
        var logger = new LoggerEntry(loggers.NextId, serial)
        {
            Approval = work.Options.UnknownLoggers is UnknownLoggerPolicy.Hold ? LoggerApproval.Held : LoggerApproval.Accepted,
        };
        work.Statements.Insert(logger, work.Message.TokenId, work.NowMs);
        loggers.Add(logger);
        work.Effects.Added(logger);
        return logger;
    }

    private void NoteLogger(in Work work, LoggerEntry logger, in ParsedRecord record, bool isAhead)
    {
        if (_touched.Count == 0 || _touched[^1] != logger.Id)
        {
            _touched.Add(logger.Id);
        }

        var contact = new LoggerContact(
            record.MeasuredAtMs, record.IntervalSeconds, record.NextMeasurementAtMs, record.Signal, record.BatteryLow, work.Id, work.GatewayId);
        work.Effects.Noted(logger, contact, isAhead);
        work.Effects.Changed(new LiveKey(LiveTopic.Logger, logger.Id));
    }

    /// <summary>Logs what the logger says of itself, with the first copy of a record alone.</summary>
    private static void NoteReport(in Work work, LoggerEntry logger, in ParsedRecord record)
    {
        var report = new LoggerReport(
            record.IntervalSeconds,
            record.NextMeasurementAtMs == 0 ? null : Promise.Of(record.NextMeasurementAtMs - record.MeasuredAtMs, record.IntervalSeconds),
            record.BatteryLow);
        var newest = work.Effects.Newest(logger);
        if (newest is null || record.MeasuredAtMs > newest.MeasuredAtMs)
        {
            work.Statements.Changes.NoteNewest(logger.Id, record.MeasuredAtMs, report, newest?.Report);
            work.Effects.IsNewest(logger, new NewestRecord(record.MeasuredAtMs, report));
        }
        else
        {
            work.Statements.Changes.NoteBetween(logger.Id, record.MeasuredAtMs, report, work.Statements.Readings.NextMeasured);
        }
    }

    /// <summary>Stores the values; true if all of them were new.</summary>
    private bool StoreParams(in Work work, LoggerEntry logger, in ParsedRecord record, bool isAhead, ref MessageTally tally)
    {
        var isNew = false;
        var isKnown = false;
        for (var i = record.FirstParam; i < record.FirstParam + record.ParamCount; i++)
        {
            var param = work.Parsed.Params[i];
            var target = series.Find(logger.Id, param.Channel, param.Type);
            if (target is null)
            {
                if (series.Of(logger.Id).Count >= work.Options.MaxSeriesPerLogger)
                {
                    SetAsideRecord(work, record, RejectScope.Param, RejectReason.TooManySeries, ref tally);
                    continue;
                }

                target = AddSeries(work, logger, param);
            }

            var flags = isAhead ? param.Flags | ReadingFlags.ClockAhead : param.Flags;
            var reading = new Reading(record.MeasuredAtMs, param.Value, param.Status, flags, work.Id, record.Signal);
            var outcome = work.Statements.Readings.Store(target, reading);
            tally.Count(outcome);
            isNew |= outcome is StoreOutcome.New;
            isKnown |= outcome is not StoreOutcome.New;
            if (outcome is StoreOutcome.New or StoreOutcome.Superseding)
            {
                work.Effects.Stored(target, reading);
            }
            else if (outcome is StoreOutcome.Conflict && reading.IsValid)
            {
                work.Effects.OnCommit(() => target.Contradict(reading.MeasuredAtMs));
            }
        }

        return isNew && !isKnown;
    }

    private SeriesEntry AddSeries(in Work work, LoggerEntry logger, in ParsedParam param)
    {
        var added = new SeriesEntry(series.NextId, logger.Id, param.Channel, param.Type);
        work.Statements.Insert(added);
        series.Add(added);
        work.Effects.Added(added);
        return added;
    }

    /// <summary>Sets a record aside; from the hundred-and-first part on the whole body, once.</summary>
    private void SetAsideRecord(in Work work, in ParsedRecord record, RejectScope scope, RejectReason reason, ref MessageTally tally)
    {
        if (work.Rejects is { } rejects)
        {
            rejects.Add(new Reject(scope, reason, record.Offset, record.Length));
            tally.Quarantined++;
            return;
        }

        var part = tally.Quarantined < Quarantine.MostParts ? new Reject(scope, reason, record.Offset, record.Length) : work.Extent.As(reason);
        if (tally.Quarantined <= Quarantine.MostParts && part != _lastAside)
        {
            _lastAside = part;
            quarantine.SetAside(part, work.Message, work.Id, work.GatewayId, work.Statements, work.Effects, work.Options);
        }

        tally.Quarantined++;
    }

    private IngestOutcome SetAsideWhole(
        PendingMessage message, long id, int? gatewayId, RejectReason reason, IngestStatements statements, BatchEffects effects, IngestOptions options, ref MessageTally tally)
    {
        quarantine.SetAside(new Reject(RejectScope.Body, reason, 0, message.Body.Length), message, id, gatewayId, statements, effects, options);
        tally.Quarantined++;
        return IngestOutcome.Stored;
    }

    private (long, bool)[] Answers(IReadOnlyList<ResponseHandle> handles)
    {
        _answers.Clear();
        foreach (var handle in handles)
        {
            Answer(handle, handle.Serial is null || FlagOf(handle.Serial));
        }

        return [.. _answers.Select(a => (a.Key, a.Value))];
    }

    /// <summary>Y for a logger that is not known, unless it was ignored.</summary>
    private bool FlagOf(string serial) =>
        loggers.TryGet(serial, out var logger) ? logger.Synchronise : !_ignored.Contains(serial);

    private void Answer(ResponseHandle handle, bool synchronise)
    {
        ref var answer = ref CollectionsMarshal.GetValueRefOrAddDefault(_answers, handle.Value, out _);
        answer |= synchronise;
    }

    private static Message LedgerLine(PendingMessage message, long id, int? gatewayId, in MessageTally tally, long nowMs, PortionedMessage? large = null) => new()
    {
        Id = id,
        TokenId = message.TokenId,
        GatewayId = gatewayId,
        Address = message.Address,
        Route = message.Route,
        FirstPortion = large?.FirstId,
        Bytes = large?.Current.Bytes ?? message.RefusedBytes ?? message.Body.Length,
        Records = tally.Records,
        NewReadings = tally.New,
        DuplicateReadings = tally.Duplicate,
        ConflictingReadings = tally.Conflicting,
        QuarantinedParts = tally.Quarantined,
        IgnoredRecords = tally.Ignored,
        Answer = large is { Current.IsLast: false } ? 0 : message.RefusedBytes is null ? StatusCodes.Status201Created : StatusCodes.Status413PayloadTooLarge,
        Milliseconds = (int)Math.Clamp(nowMs - message.ReceivedMs, 0, int.MaxValue),
        EarliestMeasuredAt = tally.EarliestMs,
        LatestMeasuredAt = tally.LatestMs,
        Loggers = tally.LoggerBytes(),
    };

    private readonly record struct Work(
        PendingMessage Message,
        ParsedMessage Parsed,
        Extent Extent,
        long Id,
        int? GatewayId,
        IngestStatements Statements,
        BatchEffects Effects,
        IngestOptions Options,
        long NowMs,
        List<Reject>? Rejects = null)
    {
        /// <summary>The clock measurements are judged by: that of their arrival if they are read again.</summary>
        public long ClockMs => Rejects is null ? NowMs : Message.ReceivedMs;
    }
}
