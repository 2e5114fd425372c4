using System.Runtime.InteropServices;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>What ingest keeps in memory, brought in line with the database: at the start, and when the database had to be reopened.</summary>
internal sealed class IngestState(
    LoggerDirectory loggers,
    SeriesDirectory series,
    GatewayDirectory gateways,
    LoggerRoster roster,
    IReadingStore readings,
    Quarantine quarantine,
    BodyArchive bodies,
    ReceiptTimes receipts,
    ServerClock clock)
{
    /// <summary>Messages of each gateway that are looked through for loggers it hears: some hours at a message a minute.</summary>
    private const int LedgerLookedThrough = 200;

    private SqliteConnection? _known;

    /// <summary>Brings memory in line if the writing connection is not the one it was read from.</summary>
    public void Follow(PortalDbContext db)
    {
        if (!ReferenceEquals(_known, db.Database.GetDbConnection()))
        {
            Load(db);
        }
    }

    /// <summary>Reads from the writing connection what memory does not know yet.</summary>
    public void Load(WriteLease lease)
    {
        using var db = lease.CreateContext();
        Load(db);
    }

    private void Load(PortalDbContext db)
    {
        loggers.Load(db);
        series.Load(db, readings, clock.NowMs);
        gateways.Load(db, receipts);
        RestoreContacts(db);
        RestoreGateways(db);
        quarantine.Load(db.QuarantineItems
            .GroupBy(q => q.TokenId).Select(g => new { g.Key, Bytes = g.Sum(q => (long)q.Raw.Length) })
            .ToDictionary(g => g.Key, g => g.Bytes));
        bodies.Load(db.SeenShapes.AsNoTracking().Select(s => new { s.Route, s.Fingerprint }).AsEnumerable().Select(s => (s.Route, s.Fingerprint)));
        _known = (SqliteConnection)db.Database.GetDbConnection();
        roster.Forget();
        clock.LastMessageId = Math.Max(clock.LastMessageId, db.Messages.Max(m => (long?)m.Id) ?? 0);
    }

    /// <summary>What each logger said last: its latest readings tell when, the change log tells what, the ledger tells through which gateway.</summary>
    private void RestoreContacts(PortalDbContext db)
    {
        List<Heard> heard = [];
        var newest = db.LoggerChanges.GroupBy(c => c.LoggerId).Select(g => new { LoggerId = g.Key, MeasuredAt = g.Max(c => c.MeasuredAt) });
        foreach (var change in db.LoggerChanges.AsNoTracking().Join(newest, c => new { c.LoggerId, c.MeasuredAt }, n => n, (c, _) => c).ToList())
        {
            if (loggers.TryGet(change.LoggerId, out var logger) && logger.Newest is null && HeardOf(logger, change) is { } one)
            {
                heard.Add(one);
            }
        }

        var messages = heard.SelectMany(h => (Reading?[])[h.Latest, h.Ahead]).OfType<Reading>().Select(r => r.MessageId).Distinct().ToList();
        var gatewayOf = db.Messages.Where(m => messages.Contains(m.Id)).Select(m => new { m.Id, m.GatewayId }).ToDictionary(m => m.Id, m => m.GatewayId);
        foreach (var (logger, record, latest, ahead) in heard)
        {
            logger.Restore(record, Contact(record.Report, latest, gatewayOf), Contact(record.Report, ahead, gatewayOf));
        }

        RestoreRhythms(heard.Select(h => h.Logger));
    }

    /// <summary>
    /// Through which gateways loggers were heard of late, by the last messages of each: the latest readings tell of one gateway alone, and the
    /// signal through the others is not known before they are heard again.
    /// </summary>
    private void RestoreGateways(PortalDbContext db)
    {
        foreach (var gateway in gateways.All.Where(g => _known is null && g.LastMessageId > 0))
        {
            var last = db.Messages.Where(m => m.GatewayId == gateway.Id && m.FirstPortion == null && m.EarliestMeasuredAt != null)
                .OrderByDescending(m => m.Id).Take(LedgerLookedThrough).Select(m => new { m.Id, m.Loggers }).ToList();
            foreach (var message in last)
            {
                foreach (var id in MemoryMarshal.Cast<byte, int>(message.Loggers))
                {
                    if (loggers.TryGet(id, out var logger) && logger.LastContact is { } contact)
                    {
                        logger.Gateways.Restore(contact with
                        {
                            MeasuredAtMs = Math.Min(contact.MeasuredAtMs, receipts.ReceivedMs(message.Id)),
                            MessageId = message.Id,
                            GatewayId = gateway.Id,
                            Signal = null,
                        });
                    }
                }
            }
        }
    }

    /// <summary>How each logger's records came of late, by the series that was measured last.</summary>
    private void RestoreRhythms(IEnumerable<LoggerEntry> heard)
    {
        var newest = heard.Select(logger => series.Of(logger.Id).MaxBy(s => s.NewestMs)).OfType<SeriesEntry>();
        foreach (var (of, arrivals) in readings.ReadArrivals(newest, clock.NowMs, LoggerRhythm.Remembered + 1))
        {
            if (loggers.TryGet(of.LoggerId, out var logger))
            {
                logger.Rhythm.Restore([.. arrivals.Select(a => (a.MeasuredAtMs, receipts.ReceivedMs(a.MessageId)))]);
            }
        }
    }

    /// <summary>A reading ahead of the clock tells of the logger's clock only if nothing else was received after it.</summary>
    private Heard? HeardOf(LoggerEntry logger, LoggerChange change)
    {
        var its = series.Of(logger.Id);
        var latest = Last(its.Select(s => s.Latest(clock.NowMs)));
        var ahead = Last(its.Select(s => s.Ahead));
        if (latest is null && ahead is null)
        {
            return null;
        }

        var record = new NewestRecord(its.Max(s => s.NewestMs) ?? change.MeasuredAt, new LoggerReport(change.IntervalSeconds, change.NextDueMs, change.BatteryLow));
        return new Heard(logger, record, latest, ahead?.MessageId >= (latest?.MessageId ?? 0) ? ahead : null);
    }

    private static Reading? Last(IEnumerable<Reading?> readings) => readings.OrderBy(r => r?.MeasuredAtMs).LastOrDefault();

    private static LoggerContact? Contact(in LoggerReport report, Reading? reading, Dictionary<long, int?> gatewayOf) => reading is not { } last ? null : new LoggerContact(
        last.MeasuredAtMs,
        report.IntervalSeconds,
        report.NextDueMs is { } due ? last.MeasuredAtMs + due : 0,
        last.Signal,
        report.BatteryLow,
        last.MessageId,
        gatewayOf.GetValueOrDefault(last.MessageId));

    private sealed record Heard(LoggerEntry Logger, NewestRecord Record, Reading? Latest, Reading? Ahead);
}
