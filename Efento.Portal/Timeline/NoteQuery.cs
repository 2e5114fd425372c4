using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Timeline;

/// <summary>Reads the notes of measuring points.</summary>
internal sealed class NoteQuery(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>
    /// The newest notes of a point about times in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>), newest first; none if the user
    /// may not see the point.
    /// </summary>
    public async Task<IReadOnlyList<PointNote>> ReadAsync(
        SiteScope scope, int pointId, DateTimeOffset fromUtc, DateTimeOffset toUtc, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (
            scope.IsLimited
                && !scope.SeesLocation(
                    await db.MeasuringPoints.Where(p => p.Id == pointId).Select(p => p.LocationId).FirstOrDefaultAsync(cancellationToken)))
        {
            return [];
        }

        return await db.PointNotes.AsNoTracking().Where(n => n.PointId == pointId && n.AtUtc >= fromUtc && n.AtUtc < toUtc)
            .OrderByDescending(n => n.AtUtc).ThenByDescending(n => n.Id).Take(most).ToListAsync(cancellationToken);
    }
}
