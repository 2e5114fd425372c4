using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>Measuring points at which no logger measures now.</summary>
internal sealed class FreePoints(IDbContextFactory<PortalDbContext> database, LocationDirectory locations)
{
    /// <summary>The points by name.</summary>
    public async Task<IReadOnlyList<FreePoint>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows =
            from point in db.MeasuringPoints.AsNoTracking()
            where !db.LoggerAssignments.Any(a => a.PointId == point.Id && a.UntilUtc == null)
            let last = db.LoggerAssignments.Where(a => a.PointId == point.Id).OrderByDescending(a => a.UntilUtc).FirstOrDefault()
            orderby point.Name, point.Id
            select new
            {
                Point = point,
                last!.UntilUtc,
                Serial = db.Loggers.Where(
                l => l.Id == last.LoggerId).Select(l => l.Serial).FirstOrDefault()
            };
        return
        [
            .. from row in await rows.ToListAsync(cancellationToken)
               let point = row.Point
               select new FreePoint(
                   new PointOverview(point.Id, point.Name, point.Place, point.RetiredUtc, point.Version)
                   {
                       Location = locations.Tree.Find(point.LocationId)
                   },
                   row.Serial, row.UntilUtc),
        ];
    }
}

/// <summary>A point without a logger.</summary>
/// <param name="Point">The point.</param>
/// <param name="LastSerial">The logger that measured there last; null if none ever did.</param>
/// <param name="SinceUtc">When that ended.</param>
public sealed record FreePoint(PointOverview Point, string? LastSerial, DateTimeOffset? SinceUtc);
