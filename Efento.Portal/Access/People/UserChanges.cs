using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Changes roles, and disables and enables accounts; each change holds in open pages at once.</summary>
public sealed class UserChanges(WriteGate gate, AuditTrail audit, PeopleDirectory people, TimeProvider time)
{
    /// <summary>Limits an account to locations, or lifts the limit (null).</summary>
    public Task<UserChange> SetLocationsAsync(Actor actor, SeenUser seen, LocationLimit? limit, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: false, cancellationToken, async (db, user) =>
        {
            if (limit is not null && !LocationLimit.Fits(user.Role))
            {
                return UserChange.SeesEverything;
            }

            if (await LocationNames.ReadAsync(db, limit, cancellationToken) is not { } now)
            {
                return UserChange.LocationsGone;
            }

            var old = await LocationNames.ReadAsync(db, LocationLimit.Parse(user.Locations), cancellationToken) ?? "sees nothing";
            user.Locations = limit?.Kept;
            await audit.AddAsync(db, actor, new AuditNote("locations changed", user.Email!, old, now, reason), cancellationToken);
            return UserChange.Done;
        });

    /// <summary>Gives an account another role; one that sees everything only once no limit is left.</summary>
    public Task<UserChange> SetRoleAsync(Actor actor, SeenUser seen, Role role, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: role is not Role.Administrator, cancellationToken, async (db, user) =>
        {
            if (user.Locations is not null && !LocationLimit.Fits(role))
            {
                return UserChange.SeesEverything;
            }

            var note = new AuditNote("role changed", user.Email!, user.Role.ToString(), role.ToString(), reason);
            user.Role = role;
            await audit.AddAsync(db, actor, note, cancellationToken);
            return UserChange.Done;
        });

    /// <summary>Keeps somebody out: their sessions end, their links to set a password are taken back.</summary>
    public Task<UserChange> DisableAsync(Actor actor, SeenUser seen, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: true, cancellationToken, async (db, user) =>
        {
            var now = time.GetUtcNow();
            user.DisabledUtc ??= now;
            await db.EndSessionsAsync(user.Id, exceptId: null, now, cancellationToken);
            await db.Invitations.Where(i => i.UserId == user.Id && i.UsedUtc == null && i.RevokedUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedUtc, now), cancellationToken);
            await audit.AddAsync(db, actor, new AuditNote("user disabled", user.Email!, "enabled", "disabled", reason), cancellationToken);
            return UserChange.Done;
        });

    /// <summary>Lets somebody in again, with the password they had.</summary>
    public Task<UserChange> EnableAsync(Actor actor, SeenUser seen, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: false, cancellationToken, async (db, user) =>
        {
            user.DisabledUtc = null;
            await audit.AddAsync(db, actor, new AuditNote("user enabled", user.Email!, "disabled", "enabled", reason), cancellationToken);
            return UserChange.Done;
        });

    private async Task<UserChange> ChangeAsync(
        SeenUser seen, bool isDroppingAdministrator, CancellationToken cancellationToken, Func<PortalDbContext, User, Task<UserChange>> change)
    {
        var outcome = await gate.WriteAsync(
            async db =>
            {
                var user = await db.Users.SingleOrDefaultAsync(u => u.Id == seen.Id, cancellationToken);
                if (user is null || user.ConcurrencyStamp != seen.Stamp)
                {
                    return UserChange.ChangedMeanwhile;
                }

                if (isDroppingAdministrator && await IsLastAdministratorAsync(db, user, cancellationToken))
                {
                    return UserChange.LastAdministrator;
                }

                var outcome = await change(db, user);
                if (outcome is UserChange.Done)
                {
                    user.ConcurrencyStamp = Guid.NewGuid().ToString();
                }

                return outcome;
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return outcome;
    }

    private static async Task<bool> IsLastAdministratorAsync(PortalDbContext db, User user, CancellationToken cancellationToken) =>
        user is { Role: Role.Administrator, DisabledUtc: null }
        && !await db.Users.AnyAsync(u => u.Id != user.Id && u.Role == Role.Administrator && u.DisabledUtc == null, cancellationToken);
}

/// <summary>An account as somebody saw it who wants to change it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Stamp">Changes with each change.</param>
public sealed record SeenUser(int Id, string? Stamp);

/// <summary>What came of a change to an account.</summary>
public enum UserChange : byte
{
    /// <summary>It was changed.</summary>
    Done,

    /// <summary>Somebody else changed it since it was looked at; nothing was overwritten.</summary>
    ChangedMeanwhile,

    /// <summary>Nobody could administer the portal any more; nothing was changed.</summary>
    LastAdministrator,

    /// <summary>Administrators and auditors see everything: they can't be limited, nor somebody limited become one.</summary>
    SeesEverything,

    /// <summary>No location was chosen, or one that is gone.</summary>
    LocationsGone,
}
