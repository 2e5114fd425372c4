using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Carries out decisions about loggers. Row, audit entry and memory change together, so the next message of a gateway is answered
/// accordingly. A logger that somebody changed in the meantime is left unchanged and named.
/// </summary>
internal sealed class LoggerDecisions(
    WriteGate gate, LoggerDirectory loggers, LoggerRoster roster, AuditTrail audit, LiveFeed feed, TimeProvider time)
{
    /// <summary>Changes loggers.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The loggers as the user saw them.</param>
    /// <param name="decide">Changes one logger and returns the note for the audit trail; null if there is nothing to change.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    internal async Task<BulkOutcome> ChangeAsync(
        Actor actor, IReadOnlyCollection<Seen> seen, Func<Logger, DecisionNote?> decide, CancellationToken cancellationToken)
    {
        var (changed, meanwhile) = await gate.WriteAsync(
            db => ChangeAsync(db, actor, seen, decide, cancellationToken), done => done.Changed.ForEach(loggers.Decide), cancellationToken);
        Publish(changed);
        return new BulkOutcome([.. changed.Select(l => new Seen(l.Id, l.Version))], meanwhile);
    }

    /// <summary>
    /// Changes a logger and the point it measures at: both, or neither if one of them was changed in the meantime.
    /// </summary>
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
                var place = await db.MeasuringPoints.FirstOrDefaultAsync(
                    p => p.Id == point.Id && p.Version == point.Version, cancellationToken);
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
        PortalDbContext db, Actor actor, IReadOnlyCollection<Seen> seen, Func<Logger, DecisionNote?> decide,
        CancellationToken cancellationToken)
    {
        var versions = seen.ToDictionary(s => s.Id, s => s.Version);
        var names = await LoggerNames.ReadAsync(db, versions.Keys, cancellationToken);
        List<Logger> changed = [];
        List<string> meanwhile = [];
        List<AuditNote> notes = [];
        var found = await db.Loggers.Where(l => versions.Keys.Contains(l.Id)).ToListAsync(cancellationToken);
        foreach (var logger in found.OrderBy(l => l.Serial, StringComparer.Ordinal))
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
                    db.SynchroniseChanges.Add(
                        new SynchroniseChange { LoggerId = logger.Id, AtUtc = time.GetUtcNow(), Synchronise = logger.Synchronise });
                }

                notes.Add(note.For(LoggerNames.Subject(logger.Serial, names.GetValueOrDefault(logger.Id))));
            }
        }

        await audit.AddAsync(db, actor, notes, cancellationToken);
        return (changed, meanwhile);
    }
}
