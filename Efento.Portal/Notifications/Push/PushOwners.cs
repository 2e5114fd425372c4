using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Push;

/// <summary>The addresses of those who have a device.</summary>
internal static class PushOwners
{
    /// <summary>Those addresses, in which case does not count.</summary>
    /// <param name="db">The database.</param>
    /// <param name="accounts">The accounts by their addresses.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<IReadOnlySet<string>> ReadAsync(
        PortalDbContext db, IReadOnlyDictionary<string, User> accounts, CancellationToken cancellationToken)
    {
        var owners = await db.PushDevices.Select(d => d.UserId).Distinct().ToListAsync(cancellationToken);
        return accounts.Where(a => a.Value.DisabledUtc is null && owners.Contains(a.Value.Id)).Select(a => a.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
