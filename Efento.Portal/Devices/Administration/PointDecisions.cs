using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>Puts into force what somebody decided about a measuring point: row and audit entry together, then the pages are told.</summary>
public sealed class PointDecisions(WriteGate gate, LoggerRoster roster, AuditTrail audit, LiveFeed feed)
{
    /// <summary>Changes a point.</summary>
    /// <param name="scope">What they may see.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The point as it was looked at.</param>
    /// <param name="decide">Changes it and tells the audit trail what; null if there is nothing to change.</param>
    /// <param name="cancellationToken">Ends it before anything is changed.</param>
    internal async Task<PointOutcome> ChangeAsync(
        SiteScope scope, Actor actor, Seen seen, Func<MeasuringPoint, DecisionNote?> decide, CancellationToken cancellationToken)
    {
        int? logger = null;
        var outcome = await gate.WriteAsync(
            async db =>
            {
                var point = await db.MeasuringPoints.FirstOrDefaultAsync(p => p.Id == seen.Id, cancellationToken);
                if (point is null || point.Version != seen.Version || !scope.SeesLocation(point.LocationId))
                {
                    return PointOutcome.ChangedMeanwhile;
                }

                var subject = Subject(point);
                if (decide(point) is { } note)
                {
                    point.Version++;
                    logger = (await db.LoggerAssignments.FirstOrDefaultAsync(a => a.PointId == point.Id && a.UntilUtc == null, cancellationToken))?.LoggerId;
                    await audit.AddAsync(db, actor, note.For(subject), cancellationToken);
                }

                return PointOutcome.Done;
            },
            cancellationToken);
        Publish(logger);
        return outcome;
    }

    /// <summary>A point as the audit trail names it.</summary>
    internal static string Subject(MeasuringPoint point) => $"{SubjectOf(point.Id)} {point.Name}";

    /// <summary>All names the audit trail has for a point lie in [<c>Begin</c>, <c>End</c>), whatever the point was called.</summary>
    internal static (string Begin, string End) SubjectsOf(int pointId) => ($"{SubjectOf(pointId)} ", $"{SubjectOf(pointId)}!");

    private static string SubjectOf(int pointId) => $"measuring point {pointId}";

    /// <summary>Tells the pages that show the point, by the loggers concerned.</summary>
    internal void Publish(params IEnumerable<int?> loggers)
    {
        foreach (var logger in loggers.OfType<int>())
        {
            feed.Publish(new LiveKey(LiveTopic.Logger, logger));
        }

        roster.Changed();
    }
}
