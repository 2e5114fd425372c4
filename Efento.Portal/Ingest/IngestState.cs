using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
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
    /// <summary>Reads from the writing connection what memory does not know yet.</summary>
    public void Load(WriteLease lease)
    {
        using var db = lease.CreateContext();
        loggers.Load(db, clock.NowMs);
        series.Load(db, readings, clock.NowMs);
        gateways.Load(db);
        foreach (var one in series.All)
        {
            CatchUp(one);
        }

        quarantine.Load(db.QuarantineItems
            .GroupBy(q => q.TokenId).Select(g => new { g.Key, Bytes = g.Sum(q => (long)q.Raw.Length) })
            .ToDictionary(g => g.Key, g => g.Bytes));
        bodies.Load(db.SeenShapes.AsNoTracking().Select(s => new { s.Route, s.Fingerprint }).AsEnumerable().Select(s => (s.Route, s.Fingerprint)));
        clock.LastMessageId = Math.Max(clock.LastMessageId, db.Messages.Max(m => (long?)m.Id) ?? 0);
    }

    /// <summary>A logger's last word is kept once an hour; its newest reading may be younger.</summary>
    private void CatchUp(SeriesEntry one)
    {
        if (one.Latest(clock.NowMs) is { } latest
            && loggers.TryGet(one.LoggerId, out var logger)
            && logger.Contact is { } contact
            && latest.MeasuredAtMs > contact.MeasuredAtMs)
        {
            logger.Note(contact with { MeasuredAtMs = latest.MeasuredAtMs, NextMeasurementAtMs = 0, MessageId = latest.MessageId });
        }
    }
}
