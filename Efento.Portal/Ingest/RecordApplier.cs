using Efento.Portal.Configuration;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Ingest.Transactions;
using Efento.Portal.Live;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest;

/// <summary>Adds the records of a message to its transaction: new loggers and series, readings, and the loggers' own data.</summary>
internal sealed class RecordApplier(QuarantineIntake quarantine)
{
    /// <summary>Adds every record, and sets aside what the reader rejected.</summary>
    public void Apply(AppliedMessage applied)
    {
        var parsed = applied.Parsed;
        applied.Tally.Records = parsed.Records.Count;
        if (applied.Rejects is { } rejects)
        {
            rejects.AddRange(parsed.Rejects);
        }
        else
        {
            quarantine.SetAsideRejects(applied);
        }

        applied.Tally.Quarantined = parsed.Rejects.Count;
        for (var i = 0; i < parsed.Records.Count; i++)
        {
            ApplyRecord(applied, parsed.Records[i]);
        }
    }

    private void ApplyRecord(AppliedMessage applied, in ParsedRecord record)
    {
        if (ClockSkew.Judge(record.MeasuredAtMs, applied.ClockMs, applied.Transaction.Options) is { } fault)
        {
            quarantine.SetAsideRecord(applied, record, RejectScope.Record, fault);
            NoteWrongClock(applied, record);
            return;
        }

        if (FindOrAdd(applied, record.Serial) is not { } logger)
        {
            LeaveOut(applied, record);
            return;
        }

        var isAhead = ClockSkew.IsAhead(record.MeasuredAtMs, applied.ClockMs);
        NoteLogger(applied, logger, record, isAhead && ClockSkew.IsAhead(record.MeasuredAtMs, applied.Transaction.NowMs));
        if (StoreParams(applied, logger, record, isAhead))
        {
            NoteReport(applied.Transaction, logger, record);
        }

        applied.Tally.Cover(record.MeasuredAtMs);
    }

    /// <summary>The logger with a serial; null if it is unknown and must not be added.</summary>
    private static LoggerEntry? FindOrAdd(AppliedMessage applied, string serial)
    {
        var transaction = applied.Transaction;
        if (transaction.Loggers.TryGet(serial, out var logger))
        {
            return logger;
        }

        if (transaction.Options.UnknownLoggers is UnknownLoggerPolicy.Ignore
            || !transaction.NewDevices.TryTakeLogger(applied.Message.TokenId))
        {
            return null;
        }

        var approval = transaction.Options.UnknownLoggers is UnknownLoggerPolicy.Hold ? LoggerApproval.Held : LoggerApproval.Accepted;
        return transaction.Loggers.Add(serial, approval, applied.Message.TokenId, transaction.NowMs);
    }

    /// <summary>Ignores a record of an unknown logger, or sets it aside if its token has reached its limit.</summary>
    private void LeaveOut(AppliedMessage applied, in ParsedRecord record)
    {
        if (applied.Transaction.Options.UnknownLoggers is UnknownLoggerPolicy.Ignore)
        {
            applied.Tally.Ignored++;
            applied.Ignored.Add(record.Serial);
        }
        else
        {
            quarantine.SetAsideRecord(applied, record, RejectScope.Record, RejectReason.TooManyNewLoggers);
        }
    }

    /// <summary>Adds a logger although its clock is far off, so that users can see why none of its data is shown.</summary>
    private static void NoteWrongClock(AppliedMessage applied, in ParsedRecord record)
    {
        if (applied.Rejects is null && FindOrAdd(applied, record.Serial) is { } logger)
        {
            applied.Transaction.Effects.OnCommit(logger.NoteSetAside);
            applied.Transaction.Effects.Changed(new LiveKey(LiveTopic.Logger, logger.Id));
        }
    }

    private static void NoteLogger(AppliedMessage applied, LoggerEntry logger, in ParsedRecord record, bool isAhead)
    {
        applied.Touch(logger.Id);
        var contact = new LoggerContact(
            record.MeasuredAtMs, record.IntervalSeconds, record.NextMeasurementAtMs, record.Signal, record.BatteryLow, applied.Id,
            applied.GatewayId);
        applied.Transaction.Effects.Noted(logger, contact, isAhead);
        applied.Transaction.Effects.Changed(new LiveKey(LiveTopic.Logger, logger.Id));
    }

    /// <summary>Stores the logger's own data, from the first copy of a record only.</summary>
    private static void NoteReport(IngestTransaction transaction, LoggerEntry logger, in ParsedRecord record)
    {
        var report = new LoggerReport(
            record.IntervalSeconds,
            record.NextMeasurementAtMs == 0 ? null : Promise.Of(record.NextMeasurementAtMs - record.MeasuredAtMs, record.IntervalSeconds),
            record.BatteryLow);
        var (statements, newest) = (transaction.Statements, transaction.Effects.Newest(logger));
        if (newest is null || record.MeasuredAtMs > newest.MeasuredAtMs)
        {
            statements.Changes.NoteNewest(logger.Id, record.MeasuredAtMs, report, newest?.Report);
            transaction.Effects.IsNewest(logger, new NewestRecord(record.MeasuredAtMs, report));
        }
        else
        {
            statements.Changes.NoteBetween(logger.Id, record.MeasuredAtMs, report, statements.Readings.NextMeasured);
        }
    }

    /// <summary>Stores the values. Returns true if all of them are new.</summary>
    private bool StoreParams(AppliedMessage applied, LoggerEntry logger, in ParsedRecord record, bool isAhead)
    {
        var (isNew, isKnown) = (false, false);
        for (var i = record.FirstParam; i < record.FirstParam + record.ParamCount; i++)
        {
            var param = applied.Parsed.Params[i];
            if (SeriesOf(applied.Transaction, logger, param) is not { } target)
            {
                quarantine.SetAsideRecord(applied, record, RejectScope.Param, RejectReason.TooManySeries);
                continue;
            }

            var flags = isAhead ? param.Flags | ReadingFlags.ClockAhead : param.Flags;
            var outcome = Store(
                applied, target, new Reading(record.MeasuredAtMs, param.Value, param.Status, flags, applied.Id, record.Signal));
            isNew |= outcome is StoreOutcome.New;
            isKnown |= outcome is not StoreOutcome.New;
        }

        return isNew && !isKnown;
    }

    /// <summary>The series of a channel; null if it is new and its logger has reached its limit.</summary>
    private static SeriesEntry? SeriesOf(IngestTransaction transaction, LoggerEntry logger, in ParsedParam param) =>
        transaction.Loggers.FindSeries(logger.Id, param.Channel, param.Type)
            ?? (transaction.Loggers.CountSeries(logger.Id) < transaction.Options.MaxSeriesPerLogger
                ? transaction.Loggers.AddSeries(logger.Id, param.Channel, param.Type)
                : null);

    private static StoreOutcome Store(AppliedMessage applied, SeriesEntry target, in Reading reading)
    {
        var outcome = applied.Transaction.Statements.Readings.Store(target, reading);
        applied.Tally.Count(outcome);
        if (outcome is StoreOutcome.New or StoreOutcome.Superseding)
        {
            applied.Transaction.Effects.Stored(target, reading);
        }
        else if (outcome is StoreOutcome.Conflict && reading.IsValid)
        {
            NoteConflict(applied.Transaction.Effects, target, reading.MeasuredAtMs);
        }

        return outcome;
    }

    /// <summary>
    /// A separate method, because the closure of a lambda is allocated at the start of the method that contains it: here that would be for
    /// every reading.
    /// </summary>
    private static void NoteConflict(BatchEffects effects, SeriesEntry target, long measuredAtMs) =>
        effects.OnCommit(() => target.Contradict(measuredAtMs));
}
