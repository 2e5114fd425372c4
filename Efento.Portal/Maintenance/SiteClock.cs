using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Maintenance;

/// <summary>The clock on the site's wall: what people type is its time; UTC is kept.</summary>
public sealed class SiteClock(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>The site's zone; the machine's while the portal is not set up or knows the site's no more.</summary>
    public async Task<TimeZoneInfo> ReadZoneAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var name = await db.Sites.Select(s => s.TimeZone).FirstOrDefaultAsync(cancellationToken);
        return TimeZoneInfo.TryFindSystemTimeZoneById(name ?? SiteZones.Local, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
