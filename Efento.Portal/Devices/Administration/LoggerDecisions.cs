using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Puts into force what somebody decided about loggers: row, audit entry and memory together, so that the next message of a gateway is
/// answered by it. Who was changed after they were looked at is left alone and named.
/// </summary>
public sealed class LoggerDecisions(WriteGate gate, LoggerDirectory loggers, LoggerRoster roster, AuditTrail audit, LiveFeed feed, TimeProvider time)
{
    /// <summary>Changes loggers.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The loggers as they were looked at.</param>
    /// <param name="decide">Changes one and tells the audit trail what; null if there is nothing to change.</param>
    /// <param name="cancellationToken">Ends it before anything is changed.</param>
    internal async Task<BulkOutcome> ChangeAsync(
        Actor actor, IReadOnlyCollection<Seen> seen, Func<Logger, DecisionNote?> decide, CancellationToken cancellationToken)
    {
        var (changed, meanwhile) = await gate.WriteAsync(
            db => ChangeAsync(db, actor, seen, decide, cancellationToken), done => done.Changed.ForEach(loggers.Decide), cancellationToken);
        Publish(changed);
        return new BulkOutcome([.. changed.Select(l => new Seen(l.Id, l.Version))], meanwhile);
    }

    /// <summary>Changes a logger and the point it measures at: both, or neither if one of them was changed after it was looked at.</summary>
    internal async Task<PointOutcome> ChangeWithPointAsync(
        Actor actor,
        Seen logger,
        Seen point,
        Func<Logger, DecisionNote?> decideLogger,
        Func<MeasuringPoint, DecisionNote?> decidePoint,
        CancellationToken cancellationToken)
    {
        var changed = await gate.WriteAsync(
            async db =>
            {
                var device = await db.Loggers.FirstOrDefaultAsync(l => l.Id == logger.Id && l.Version == logger.Version, cancellationToken);
                var place = await db.MeasuringPoints.FirstOrDefaultAsync(p => p.Id == point.Id && p.Version == point.Version, cancellationToken);
                if (device is null || place is null)
                {
                    return null;
                }

                List<AuditNote> notes = [];
                if (decideLogger(device) is { } ofLogger)
                {
                    device.Version++;
                    notes.Add(ofLogger.For(LoggerNames.Subject(device.Serial, place.Name)));
                }

                if (decidePoint(place) is { } ofPoint)
                {
                    place.Version++;
                    notes.Add(ofPoint.For(PointDecisions.Subject(place)));
                }

                await audit.AddAsync(db, actor, notes, cancellationToken);
                return device;
            },
            done =>
            {
                if (done is not null)
                {
                    loggers.Decide(done);
                }
            },
            cancellationToken);
        Publish(changed is null ? [] : [changed]);
        return changed is null ? PointOutcome.ChangedMeanwhile : PointOutcome.Done;
    }

    private void Publish(IReadOnlyList<Logger> changed)
    {
        foreach (var logger in changed)
        {
            feed.Publish(new LiveKey(LiveTopic.Logger, logger.Id));
        }

        roster.Changed();
    }

    private async Task<(List<Logger> Changed, List<string> Meanwhile)> ChangeAsync(
        PortalDbContext db, Actor actor, IReadOnlyCollection<Seen> seen, Func<Logger, DecisionNote?> decide, CancellationToken cancellationToken)
    {
        var versions = seen.ToDictionary(s => s.Id, s => s.Version);
        var names = await LoggerNames.ReadAsync(db, versions.Keys, cancellationToken);
        List<Logger> changed = [];
        List<string> meanwhile = [];
        List<AuditNote> notes = [];
        foreach (var logger in await db.Loggers.Where(l => versions.Keys.Contains(l.Id)).OrderBy(l => l.Serial).ToListAsync(cancellationToken))
        {
            var synchronise = logger.Synchronise;
            if (logger.Version != versions[logger.Id])
            {
                meanwhile.Add(logger.Serial);
            }
            else if (decide(logger) is { } note)
            {
                logger.Version++;
                changed.Add(logger);
                if (logger.Synchronise != synchronise)
                {
                    db.SynchroniseChanges.Add(new SynchroniseChange { LoggerId = logger.Id, AtUtc = time.GetUtcNow(), Synchronise = logger.Synchronise });
                }

                notes.Add(note.For(LoggerNames.Subject(logger.Serial, names.GetValueOrDefault(logger.Id))));
            }
        }

        await audit.AddAsync(db, actor, notes, cancellationToken);
        return (changed, meanwhile);
    }
}
