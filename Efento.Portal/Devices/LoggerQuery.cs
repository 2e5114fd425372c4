using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>Loggers as they stand now, for pages and the read API: values from memory, names and decisions by two queries.</summary>
public sealed class LoggerQuery(
    IDbContextFactory<PortalDbContext> database, LoggerDirectory loggers, SeriesDirectory series, LocationDirectory locations, TimeProvider time)
{
    /// <summary>Every logger in use by name of its measuring point; held ones only if asked for, refused and retired ones never.</summary>
    public async Task<IReadOnlyList<LoggerOverview>> ListAsync(SiteScope scope, bool includeHeld = false, CancellationToken cancellationToken = default) =>
        [.. (await ListAllAsync(scope, cancellationToken)).Where(l => l.IsShown || (includeHeld && l is { Approval: LoggerApproval.Held, RetiredUtc: null }))];

    /// <summary>Every logger by name of its measuring point.</summary>
    public async Task<IReadOnlyList<LoggerOverview>> ListAllAsync(SiteScope scope, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var known = await ReadKnownAsync(db, db.Loggers, cancellationToken);
        var seen = loggers.All.Where(entry => known.Loggers.ContainsKey(entry.Id) && scope.SeesLogger(entry.Id));
        return [.. seen.Select(entry => Overview(entry, known, scope)).OrderBy(l => l.PointName).ThenBy(l => l.Serial)];
    }

    /// <summary>The logger of a serial, whatever was decided about it; null if there is none to see.</summary>
    public async Task<LoggerOverview?> FindAsync(SiteScope scope, string serial, CancellationToken cancellationToken = default)
    {
        if (!loggers.TryGet(serial, out var entry) || !scope.SeesLogger(entry.Id))
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var known = await ReadKnownAsync(db, db.Loggers.Where(l => l.Id == entry.Id), cancellationToken);
        return known.Loggers.ContainsKey(entry.Id) ? Overview(entry, known, scope) : null;
    }

    private static async Task<Known> ReadKnownAsync(PortalDbContext db, IQueryable<Logger> wanted, CancellationToken cancellationToken)
    {
        var rows =
            from logger in wanted.AsNoTracking()
            join assignment in db.LoggerAssignments.AsNoTracking().Where(a => a.UntilUtc == null) on logger.Id equals assignment.LoggerId into assignments
            from assignment in assignments.DefaultIfEmpty()
            join point in db.MeasuringPoints.AsNoTracking() on assignment.PointId equals point.Id into points
            from point in points.DefaultIfEmpty()
            select new { Logger = logger, Point = point };
        return new Known(
            (await rows.ToListAsync(cancellationToken)).DistinctBy(r => r.Logger.Id).ToDictionary(r => r.Logger.Id, r => (r.Logger, (MeasuringPoint?)r.Point)),
            await db.Gateways.ToDictionaryAsync(g => g.Id, g => g.Name, cancellationToken));
    }

    private LoggerOverview Overview(LoggerEntry entry, Known known, SiteScope scope)
    {
        var (logger, point) = known.Loggers[entry.Id];
        var contact = entry.LastContact;
        var isAhead = entry.AheadContact is not null;
        var (nowMs, since) = (time.GetUtcNow().ToUnixTimeMilliseconds(), scope.SinceUtc(entry.Id));
        return new LoggerOverview
        {
            Id = entry.Id,
            Serial = entry.Serial,
            PointName = point?.Name ?? entry.Serial,
            Point = point is null ? null : new PointOverview(point.Id, point.Name, point.Place, point.RetiredUtc, point.Version) { Location = locations.Tree.Find(point.LocationId) },
            Approval = entry.Approval,
            Synchronise = entry.Synchronise,
            SynchroniseSetting = logger.SynchroniseSetUtc is { } at ? new SynchroniseSetting(at, logger.SynchroniseSetBy, logger.SynchroniseReason) : null,
            RetiredUtc = logger.RetiredUtc ?? point?.RetiredUtc,
            IsRetired = logger.RetiredUtc is not null,
            Version = logger.Version,
            FirstSeenUtc = logger.FirstSeenUtc,
            Contact = contact is null ? null : Overview(contact, known),
            Through = [.. scope.Through(entry).Select(c => Overview(c, known))],
            IsClockAhead = isAhead,
            Freshness = FreshnessOf(entry),
            Series = [.. series.Of(entry.Id).Select(s => new SeriesOverview(s.Id, s.Channel, s.Type, s.Latest(nowMs) is { } latest && latest.MeasuredAtUtc >= since ? latest : null))],
        };
    }

    private static LoggerFreshness FreshnessOf(LoggerEntry logger) =>
        !logger.Synchronise ? LoggerFreshness.NotAwaited(logger.LastContact)
        : logger.AheadContact is { } ahead ? LoggerFreshness.Of(AsReceived(ahead), logger.Rhythm)
        : LoggerFreshness.Of(logger.LastContact, logger.Rhythm);

    private static LoggerContact AsReceived(LoggerContact contact)
    {
        var receivedMs = MessageId.ReceivedMs(contact.MessageId);
        return contact with
        {
            MeasuredAtMs = receivedMs,
            NextMeasurementAtMs = contact.NextMeasurementAtMs == 0 ? 0 : contact.NextMeasurementAtMs - contact.MeasuredAtMs + receivedMs,
        };
    }

    private static LoggerContactOverview Overview(LoggerContact contact, Known known) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(contact.MeasuredAtMs),
        contact.IntervalSeconds == 0 ? null : contact.IntervalSeconds,
        contact.NextMeasurementAtMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(contact.NextMeasurementAtMs),
        contact.Signal,
        contact.BatteryLow,
        MessageId.ReceivedAtUtc(contact.MessageId),
        contact.MessageId,
        contact.GatewayId,
        contact.GatewayId is { } id ? known.Gateways.GetValueOrDefault(id) : null);

    private sealed record Known(Dictionary<int, (Logger Logger, MeasuringPoint? Point)> Loggers, Dictionary<int, string> Gateways);
}
