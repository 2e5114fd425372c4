using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>Reads all measuring points in use with their locations, for the page that arranges them.</summary>
internal sealed class PlacedPoints(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>The points by name.</summary>
    public async Task<IReadOnlyList<PlacedPoint>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var points = await db.MeasuringPoints.AsNoTracking().Where(p => p.RetiredUtc == null)
            .Select(p => new PlacedPoint(
                p.Id,
                p.Version,
                p.Name,
                p.Place,
                p.LocationId,
                db.LoggerAssignments.Where(a => a.PointId == p.Id && a.UntilUtc == null)
                    .Join(db.Loggers, a => a.LoggerId, l => l.Id, (_, l) => l.Serial)
                    .FirstOrDefault()))
            .ToListAsync(cancellationToken);
        return [.. points.OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.Id)];
    }
}

/// <summary>A measuring point and where it is.</summary>
/// <param name="Id">The key.</param>
/// <param name="Version">Counts changes by people.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">The remark beside its location, in the users' words.</param>
/// <param name="LocationId">The location; null if it is in none.</param>
/// <param name="Serial">The logger that measures there; null if none does.</param>
public sealed record PlacedPoint(int Id, int Version, string Name, string? Place, int? LocationId, string? Serial);
