using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>The names of a limit's locations in the audit trail.</summary>
internal static class LocationNames
{
    /// <summary>Their names; null if there is none, or if one of them no longer exists.</summary>
    public static async Task<string?> ReadAsync(PortalDbContext db, LocationLimit? limit, CancellationToken cancellationToken)
    {
        if (limit is null)
        {
            return "sees everything";
        }

        var names = await db.Locations.Where(l => limit.Ids.Contains(l.Id)).Select(l => l.Name).ToListAsync(cancellationToken);
        names.Sort(StringComparer.Ordinal);
        return names.Count == 0 || names.Count < limit.Ids.Count ? null : $"sees {string.Join(", ", names)}";
    }

    /// <summary>Why a user of this role can't have this limit; null if they can.</summary>
    public static async Task<AccessFault?> FaultAsync(
        PortalDbContext db, Role role, LocationLimit? limit, CancellationToken cancellationToken) =>
        limit is not null && !LocationLimit.Fits(role) ? AccessFaultKind.SeesEverything
        : await ReadAsync(db, limit, cancellationToken) is null ? AccessFaultKind.LocationsGone
        : (AccessFault?)null;

    /// <summary>All locations that a user, an open invitation, a valid token or a screen is limited to.</summary>
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
