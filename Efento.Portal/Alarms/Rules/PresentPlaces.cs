using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules;

/// <summary>Where a measuring point lies now, and whether its readings are judged.</summary>
/// <param name="PointId">The measuring point.</param>
/// <param name="Path">The keys of its locations (<see cref="PointPlace.Path"/>).</param>
/// <param name="IsJudged">Whether its readings are judged.</param>
internal readonly record struct PresentPlace(int PointId, string Path, bool IsJudged);

/// <summary>Reads where all measuring points lie now.</summary>
internal static class PresentPlaces
{
    /// <summary>Reads it from the database.</summary>
    public static async Task<IReadOnlyList<PresentPlace>> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        // In one question: a logger may come meanwhile, and its point must not be seen without it. Then the locations, so that none is
        // missing.
        var judged = JudgedOf(db);
        var points = await db.MeasuringPoints
            .Select(p => new { p.Id, p.LocationId, IsJudged = p.RetiredUtc == null && judged.Contains(p.Id) })
            .ToListAsync(cancellationToken);
        var parents = await db.Locations.ToDictionaryAsync(l => l.Id, l => l.ParentId, cancellationToken);
        var paths = parents.Keys.ToDictionary(id => id, id => string.Join(' ', Upwards(id, parents)));
        return
        [
            .. from point in points
               let path = point.LocationId is { } location ? paths.GetValueOrDefault(location, "") : ""
               select new PresentPlace(point.Id, path, point.IsJudged),
        ];
    }

    /// <summary>The points whose logger is in use, accepted and set to Y.</summary>
    private static IQueryable<int> JudgedOf(PortalDbContext db) =>
        from assignment in db.LoggerAssignments
        where assignment.UntilUtc == null
        join logger in db.Loggers on assignment.LoggerId equals logger.Id
        where logger.Approval == LoggerApproval.Accepted && logger.Synchronise && logger.RetiredUtc == null
        select assignment.PointId;

    private static IEnumerable<int> Upwards(int? location, Dictionary<int, int?> parents)
    {
        for (; location is { } id; location = parents.GetValueOrDefault(id))
        {
            yield return id;
        }
    }
}
