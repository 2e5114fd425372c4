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
    IReadingStore readings,
    Quarantine quarantine,
    BodyArchive bodies,
    ServerClock clock)
{
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
        gateways.Load(db);
        RestoreContacts(db);
        quarantine.Load(db.QuarantineItems
            .GroupBy(q => q.TokenId).Select(g => new { g.Key, Bytes = g.Sum(q => (long)q.Raw.Length) })
            .ToDictionary(g => g.Key, g => g.Bytes));
        bodies.Load(db.SeenShapes.AsNoTracking().Select(s => new { s.Route, s.Fingerprint }).AsEnumerable().Select(s => (s.Route, s.Fingerprint)));
        _known = (SqliteConnection)db.Database.GetDbConnection();
        clock.LastMessageId = Math.Max(clock.LastMessageId, db.Messages.Max(m => (long?)m.Id) ?? 0);
    }

    /// <summary>What each logger said last: its latest readings tell when, the change log tells what, the ledger tells through which gateway.</summary>
    private void RestoreContacts(PortalDbContext db)
    {
        List<(LoggerEntry Logger, LoggerReport Report, long NewestMs, Reading Latest)> heard = [];
        var newest = db.LoggerChanges.GroupBy(c => c.LoggerId).Select(g => new { LoggerId = g.Key, MeasuredAt = g.Max(c => c.MeasuredAt) });
        foreach (var change in db.LoggerChanges.AsNoTracking().Join(newest, c => new { c.LoggerId, c.MeasuredAt }, n => n, (c, _) => c).ToList())
        {
            var its = series.Of(change.LoggerId);
            var latest = its.Select(s => s.Latest(clock.NowMs)).OfType<Reading>().OrderBy(r => r.MeasuredAtMs).ToList();
            if (latest.Count > 0 && loggers.TryGet(change.LoggerId, out var logger) && logger.Newest is null)
            {
                var report = new LoggerReport(change.IntervalSeconds, change.NextDueMs, change.BatteryLow);
                heard.Add((logger, report, its.Max(s => s.NewestMs) ?? change.MeasuredAt, latest[^1]));
            }
        }

        var messages = heard.Select(h => h.Latest.MessageId).Distinct().ToList();
        var gatewayOf = db.Messages.Where(m => messages.Contains(m.Id)).Select(m => new { m.Id, m.GatewayId }).ToDictionary(m => m.Id, m => m.GatewayId);
        foreach (var (logger, report, newestMs, latest) in heard)
        {
            logger.Restore(report, newestMs, latest.MeasuredAtMs, latest.MessageId, latest.Signal, gatewayOf.GetValueOrDefault(latest.MessageId));
        }
    }
}
