using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>What the audit trail calls the locations of a limit.</summary>
internal static class LocationNames
{
    /// <summary>Their names; null if one of them is gone or none is named.</summary>
    public static async Task<string?> ReadAsync(PortalDbContext db, LocationLimit? limit, CancellationToken cancellationToken)
    {
        if (limit is null)
        {
            return "sees everything";
        }

        var names = await db.Locations.Where(l => limit.Ids.Contains(l.Id)).OrderBy(l => l.Name).Select(l => l.Name).ToListAsync(cancellationToken);
        return names.Count == 0 || names.Count < limit.Ids.Count ? null : $"sees {string.Join(", ", names)}";
    }

    /// <summary>Why somebody of this role can't be limited so; null if they can.</summary>
    public static async Task<string?> FaultAsync(PortalDbContext db, Role role, LocationLimit? limit, CancellationToken cancellationToken) =>
        limit is not null && !LocationLimit.Fits(role) ? AccessText.SeesEverything
        : await ReadAsync(db, limit, cancellationToken) is null ? AccessText.LocationsGone
        : null;

    /// <summary>The locations a person, an open invitation, a valid token or a screen is limited to.</summary>
    public static async Task<HashSet<int>> ReadLimitingAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var limits = await db.Users.Where(u => u.Locations != null).Select(u => u.Locations)
            .Concat(db.Invitations.Where(i => i.Locations != null && i.UsedUtc == null && i.RevokedUtc == null).Select(i => i.Locations))
            .Concat(db.ApiTokens.Where(t => t.Locations != null && t.RevokedUtc == null).Select(t => t.Locations))
            .Concat(db.Screens.Where(s => s.Locations != null && s.RevokedUtc == null).Select(s => s.Locations))
            .ToListAsync(cancellationToken);
        return [.. limits.SelectMany(kept => LocationLimit.Parse(kept)!.Ids)];
    }
}
