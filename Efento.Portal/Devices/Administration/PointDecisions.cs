using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Carries out decisions about a measuring point. The row and its audit entry are written together; then the pages are updated.
/// </summary>
internal sealed class PointDecisions(WriteGate gate, LoggerRoster roster, AuditTrail audit, LiveFeed feed)
{
    /// <summary>Changes a point.</summary>
    /// <param name="scope">What the user may see.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The point as the user saw it.</param>
    /// <param name="decide">Changes it and returns the note for the audit trail; null if there is nothing to change.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
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
                    logger = (
                        await db.LoggerAssignments.FirstOrDefaultAsync(
                            a => a.PointId == point.Id && a.UntilUtc == null, cancellationToken))?.LoggerId;
                    await audit.AddAsync(db, actor, note.For(subject), cancellationToken);
                }

                return PointOutcome.Done;
            },
            cancellationToken);
        Publish(logger);
        return outcome;
    }

    /// <summary>A point as the audit trail writes it.</summary>
    internal static string Subject(MeasuringPoint point) => $"{SubjectOf(point.Id)} {point.Name}";

    /// <summary>The range [<c>Begin</c>, <c>End</c>) of all subjects of a point in the audit trail, whatever its name was.</summary>
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
