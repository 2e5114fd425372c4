using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Maintenance;

/// <summary>The site's time zone, in which commands are given times; UTC is stored.</summary>
internal sealed class SiteClock(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>
    /// The site's time zone; the machine's if the portal is not set up, or if the machine no longer knows the site's zone.
    /// </summary>
    public async Task<TimeZoneInfo> ReadZoneAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var name = await db.Sites.Select(s => s.TimeZone).SingleOrDefaultAsync(cancellationToken);
        return TimeZoneInfo.TryFindSystemTimeZoneById(name ?? SiteZones.Local, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
