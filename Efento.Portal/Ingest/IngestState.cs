using System.Data.Common;
using Efento.Portal.Arrivals;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>Keeps the state in memory in line with the database: at the start, and when the database was reopened.</summary>
internal sealed class IngestState(
    LoggerDirectory loggers,
    SeriesDirectory series,
    GatewayDirectory gateways,
    LoggerRoster roster,
    IReadingStore readings,
    RememberedContacts contacts,
    QuarantineIntake quarantine,
    BodyArchive bodies,
    ArrivalFeed arrivals,
    ReceiptTimes receipts,
    ServerClock clock)
{
    private DbConnection? _known;

    /// <summary>Loads the state again if the writing connection is a new one.</summary>
    public void Follow(WriteLease lease)
    {
        if (!ReferenceEquals(_known, lease.Connection))
        {
            using var db = lease.CreateContext();
            Load(db);
        }
    }

    /// <inheritdoc cref="Follow(WriteLease)"/>
    public void Follow(PortalDbContext db)
    {
        if (!ReferenceEquals(_known, db.Database.GetDbConnection()))
        {
            Load(db);
        }
    }

    /// <summary>Reads from the writing connection what memory does not know yet.</summary>
    private void Load(PortalDbContext db)
    {
        loggers.Load(db);
        series.Load(db, readings, clock.NowMs);
        gateways.Load(db, receipts);
        contacts.Load(db, isStart: _known is null);
        quarantine.Load(db.QuarantineItems
            .GroupBy(q => q.TokenId).Select(g => new { g.Key, Bytes = g.Sum(q => (long)q.Raw.Length) })
            .ToDictionary(g => g.Key, g => g.Bytes));
        bodies.Load(
            db.SeenShapes.AsNoTracking().Select(s => new { s.Route, s.Fingerprint }).AsEnumerable().Select(s => (s.Route, s.Fingerprint)));
        _known = db.Database.GetDbConnection();
        roster.Forget();
        clock.LastMessageId = Math.Max(clock.LastMessageId, db.Messages.Max(m => (long?)m.Id) ?? 0);
        arrivals.Reach(clock.LastMessageId);
    }
}
