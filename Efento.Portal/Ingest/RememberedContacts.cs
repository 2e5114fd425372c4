using System.Runtime.InteropServices;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>Restores from the database each logger's last report, its rhythm, and the gateways that heard it.</summary>
internal sealed class RememberedContacts(
    LoggerDirectory loggers, SeriesDirectory series, GatewayDirectory gateways, IReadingStore readings, ReceiptTimes receipts,
    ServerClock clock)
{
    /// <summary>The number of messages of each gateway that are searched for its loggers: some hours at one message a minute.</summary>
    private const int LedgerLookedThrough = 200;

    /// <summary>Restores loggers that memory does not know. At the start, it also restores the gateways that heard them.</summary>
    public void Load(PortalDbContext db, bool isStart)
    {
        RestoreContacts(db);
        if (isStart)
        {
            RestoreGateways(db);
        }
    }

    /// <summary>
    /// Restores each logger's last report. The latest readings contain its time, the change log its content, and the ledger its gateway.
    /// </summary>
    private void RestoreContacts(PortalDbContext db)
    {
        List<Heard> heard = [];
        var newest = db.LoggerChanges.GroupBy(c => c.LoggerId).Select(g => new { LoggerId = g.Key, MeasuredAt = g.Max(c => c.MeasuredAt) });
        foreach (
            var change in db.LoggerChanges.AsNoTracking().Join(newest, c => new { c.LoggerId, c.MeasuredAt }, n => n, (c, _) => c).ToList())
        {
            if (loggers.TryGet(change.LoggerId, out var logger) && logger.Newest is null && HeardOf(logger, change) is { } one)
            {
                heard.Add(one);
            }
        }

        var messages = heard.SelectMany(h => (Reading?[])[h.Latest, h.Ahead])
            .OfType<Reading>()
            .Select(r => r.MessageId)
            .Distinct()
            .ToList();
        var gatewayOf = db.Messages.Where(m => messages.Contains(m.Id))
            .Select(m => new { m.Id, m.GatewayId })
            .ToDictionary(m => m.Id, m => m.GatewayId);
        foreach (var (logger, record, latest, ahead) in heard)
        {
            logger.Restore(record, Contact(record.Report, latest, gatewayOf), Contact(record.Report, ahead, gatewayOf));
        }

        RestoreRhythms(heard.Select(h => h.Logger));
    }

    /// <summary>
    /// Restores the gateways that recently heard each logger, from the last messages of each gateway. The latest readings name one gateway
    /// only, and the signal through the others is unknown until they hear the logger again.
    /// </summary>
    private void RestoreGateways(PortalDbContext db)
    {
        foreach (var gateway in gateways.All.Where(g => g.LastMessageId > 0))
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

    /// <summary>Restores the rhythm of each logger's records, from the series that was measured last.</summary>
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

    /// <summary>A reading ahead of the clock shows that the logger's clock is ahead only if nothing was received after it.</summary>
    private Heard? HeardOf(LoggerEntry logger, LoggerChange change)
    {
        var its = series.Of(logger.Id);
        var latest = Last(its.Select(s => s.Latest(clock.NowMs)));
        var ahead = Last(its.Select(s => s.Ahead));
        if (latest is null && ahead is null)
        {
            return null;
        }

        var record = new NewestRecord(
            its.Max(s => s.NewestMs) ?? change.MeasuredAt, new LoggerReport(change.IntervalSeconds, change.NextDueMs, change.BatteryLow));
        return new Heard(logger, record, latest, ahead?.MessageId >= (latest?.MessageId ?? 0) ? ahead : null);
    }

    private static Reading? Last(IEnumerable<Reading?> readings) => readings.OrderBy(r => r?.MeasuredAtMs).LastOrDefault();

    private static LoggerContact? Contact(in LoggerReport report, Reading? reading, Dictionary<long, int?> gatewayOf) =>
        reading is not { } last ? null : new LoggerContact(
        last.MeasuredAtMs,
        report.IntervalSeconds,
        report.NextDueMs is { } due ? last.MeasuredAtMs + due : 0,
        last.Signal,
        report.BatteryLow,
        last.MessageId,
        gatewayOf.GetValueOrDefault(last.MessageId));

    private sealed record Heard(LoggerEntry Logger, NewestRecord Record, Reading? Latest, Reading? Ahead);
}
