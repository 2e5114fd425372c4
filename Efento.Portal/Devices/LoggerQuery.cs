using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>Loggers as they stand now, for pages and the read API: values from memory, names by one query.</summary>
public sealed class LoggerQuery(
    IDbContextFactory<PortalDbContext> database, LoggerDirectory loggers, SeriesDirectory series, TimeProvider time)
{
    /// <summary>Every logger by name of its measuring point; held ones only if asked for.</summary>
    public async Task<IReadOnlyList<LoggerOverview>> ListAsync(bool includeHeld = false, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var names = await ReadNamesAsync(db, db.Loggers, cancellationToken);
        var found =
            from entry in loggers.All
            where (includeHeld || entry.Approval is not LoggerApproval.Held) && names.Loggers.ContainsKey(entry.Id)
            let overview = Overview(entry, names)
            orderby overview.PointName, overview.Serial
            select overview;
        return [.. found];
    }

    /// <summary>The logger of a serial, held or not; null if there is none.</summary>
    public async Task<LoggerOverview?> FindAsync(string serial, CancellationToken cancellationToken = default)
    {
        if (!loggers.TryGet(serial, out var entry))
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var names = await ReadNamesAsync(db, db.Loggers.Where(l => l.Id == entry.Id), cancellationToken);
        return names.Loggers.ContainsKey(entry.Id) ? Overview(entry, names) : null;
    }

    private static async Task<Names> ReadNamesAsync(PortalDbContext db, IQueryable<Logger> wanted, CancellationToken cancellationToken)
    {
        var ofLoggers =
            from logger in wanted
            join assignment in db.LoggerAssignments.Where(a => a.UntilUtc == null) on logger.Id equals assignment.LoggerId into assignments
            from assignment in assignments.DefaultIfEmpty()
            join point in db.MeasuringPoints on assignment.PointId equals point.Id into points
            from point in points.DefaultIfEmpty()
            select new { IsLogger = true, logger.Id, Name = (string?)point.Name, logger.FirstSeenUtc };
        var ofGateways = db.Gateways.Select(g => new { IsLogger = false, g.Id, Name = (string?)g.Name, g.FirstSeenUtc });

        var names = new Names([], []);
        foreach (var row in await ofLoggers.Concat(ofGateways).ToListAsync(cancellationToken))
        {
            if (row.IsLogger)
            {
                names.Loggers.TryAdd(row.Id, (row.Name, row.FirstSeenUtc));
            }
            else
            {
                names.Gateways.TryAdd(row.Id, row.Name!);
            }
        }

        return names;
    }

    private LoggerOverview Overview(LoggerEntry logger, Names names)
    {
        var (name, firstSeenUtc) = names.Loggers[logger.Id];
        var contact = logger.LastContact;
        var isAhead = logger.AheadContact is not null;
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new LoggerOverview
        {
            Id = logger.Id,
            Serial = logger.Serial,
            PointName = name ?? logger.Serial,
            Approval = logger.Approval,
            Synchronise = logger.Synchronise,
            FirstSeenUtc = firstSeenUtc,
            Contact = contact is null ? null : Overview(contact, names),
            IsClockAhead = isAhead,
            Freshness = LoggerFreshness.Of(isAhead ? AsReceived(contact!) : contact, logger.SpacingMs),
            Series = [.. series.Of(logger.Id).Select(s => new SeriesOverview(s.Id, s.Channel, s.Type, s.Latest(nowMs)))],
        };
    }

    private static LoggerContact AsReceived(LoggerContact contact)
    {
        var receivedMs = MessageId.ReceivedMs(contact.MessageId);
        return contact with
        {
            MeasuredAtMs = receivedMs,
            NextMeasurementAtMs = contact.NextMeasurementAtMs == 0 ? 0 : contact.NextMeasurementAtMs - contact.MeasuredAtMs + receivedMs,
        };
    }

    private static LoggerContactOverview Overview(LoggerContact contact, Names names) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(contact.MeasuredAtMs),
        contact.IntervalSeconds == 0 ? null : contact.IntervalSeconds,
        contact.NextMeasurementAtMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(contact.NextMeasurementAtMs),
        contact.Signal,
        contact.BatteryLow,
        MessageId.ReceivedAtUtc(contact.MessageId),
        contact.MessageId,
        contact.GatewayId,
        contact.GatewayId is { } id ? names.Gateways.GetValueOrDefault(id) : null);

    private sealed record Names(Dictionary<int, (string? PointName, DateTimeOffset FirstSeenUtc)> Loggers, Dictionary<int, string> Gateways);
}
