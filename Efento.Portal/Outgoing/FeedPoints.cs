using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Outgoing;

/// <summary>Finds the points at which loggers measured.</summary>
internal sealed class FeedPoints(IDbContextFactory<PortalDbContext> database, LocationDirectory locations)
{
    /// <summary>The location of a feed's place; null for the whole site.</summary>
    /// <returns>The location, or why there is none.</returns>
    public (int? LocationId, string? Fault) LocationOf(OutgoingFeed feed)
    {
        if (feed.IsOfWholeSite)
        {
            return (null, null);
        }

        var found = locations.Tree.All.FirstOrDefault(l => Typed(l).Equals(feed.Place, StringComparison.OrdinalIgnoreCase));
        return found is null ? (null, $"There is no location \"{feed.Place}\".") : (found.Id, null);
    }

    /// <summary>Where these loggers measured, and when.</summary>
    /// <param name="loggers">The loggers.</param>
    /// <param name="within">Only points in this location and below; null for all points.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<PlacedLoggers> ReadAsync(
        IReadOnlyCollection<int> loggers, int? within, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var assignments =
            from assignment in db.LoggerAssignments.AsNoTracking()
            where loggers.Contains(assignment.LoggerId)
            join point in db.MeasuringPoints on assignment.PointId equals point.Id
            orderby assignment.Id
            select new { Assignment = assignment, Point = point };
        var tree = locations.Tree;
        var times =
            from its in await assignments.ToListAsync(cancellationToken)
            let isSent = its.Point.RetiredUtc is null && (within is not { } id || tree.IsWithin(its.Point.LocationId, [id]))
            let point = new OutgoingPoint(its.Point.Id, its.Point.Name, tree.Find(its.Point.LocationId)?.Path ?? its.Point.Place)
            select (its.Assignment, Point: isSent ? point : null);
        return new PlacedLoggers(times.ToLookup(t => t.Assignment.LoggerId), isOfWholeSite: within is null);
    }

    private static string Typed(LocationEntry location) => location.Path.Replace(LocationTree.Separator, "/", StringComparison.Ordinal);
}

/// <summary>The points at which some loggers measured.</summary>
/// <param name="times">When each logger measured at which point; without a point if a feed does not send what was measured there.</param>
/// <param name="isOfWholeSite">Whether what was measured at no point is sent.</param>
internal sealed class PlacedLoggers(ILookup<int, (LoggerAssignment Assignment, OutgoingPoint? Point)> times, bool isOfWholeSite)
{
    /// <summary>Whether anything that a logger measured is sent.</summary>
    public bool MaySend(int loggerId) => isOfWholeSite || times[loggerId].Any(t => t.Point is not null);

    /// <summary>Whether what a logger measured then (Unix ms) is sent, and its point.</summary>
    public bool IsSent(int loggerId, long measuredAtMs, out OutgoingPoint? point)
    {
        var measuredAtUtc = DateTimeOffset.FromUnixTimeMilliseconds(measuredAtMs);
        foreach (var (assignment, its) in times[loggerId])
        {
            if (assignment.FromUtc <= measuredAtUtc && (assignment.UntilUtc is not { } until || measuredAtUtc < until))
            {
                point = its;
                return its is not null;
            }
        }

        point = null;
        return isOfWholeSite;
    }
}
