using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Changes roles and limits, and disables and enables accounts. Each change takes effect in open pages at once.</summary>
internal sealed class UserChanges(WriteGate gate, AuditTrail audit, PeopleDirectory people, TimeProvider time)
{
    /// <summary>Limits an account to locations, or lifts the limit (null).</summary>
    public Task<UserChange> SetLocationsAsync(
        Actor actor, SeenUser seen, LocationLimit? limit, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: false, async (db, user) =>
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
        }, cancellationToken);

    /// <summary>Gives an account another role. An account with a limit can't get a role that sees everything.</summary>
    public Task<UserChange> SetRoleAsync(
        Actor actor, SeenUser seen, Role role, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: role is not Role.Administrator, async (db, user) =>
        {
            if (user.Locations is not null && !LocationLimit.Fits(role))
            {
                return UserChange.SeesEverything;
            }

            var note = new AuditNote("role changed", user.Email!, user.Role.ToString(), role.ToString(), reason);
            user.Role = role;
            await audit.AddAsync(db, actor, note, cancellationToken);
            return UserChange.Done;
        }, cancellationToken);

    /// <summary>
    /// Disables an account: its sessions end, its links for setting a password are revoked, and its devices are told nothing any more.
    /// </summary>
    public Task<UserChange> DisableAsync(Actor actor, SeenUser seen, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: true, async (db, user) =>
        {
            var now = time.GetUtcNow();
            user.DisabledUtc ??= now;
            await db.EndSessionsAsync(user.Id, exceptId: null, now, cancellationToken);
            await db.Invitations.Where(i => i.UserId == user.Id && i.UsedUtc == null && i.RevokedUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedUtc, now), cancellationToken);
            await db.PushDevices.Where(d => d.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
            await audit.AddAsync(db, actor, new AuditNote("user disabled", user.Email!, "enabled", "disabled", reason), cancellationToken);
            return UserChange.Done;
        }, cancellationToken);

    /// <summary>Enables an account again, with its old password.</summary>
    public Task<UserChange> EnableAsync(Actor actor, SeenUser seen, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: false, async (db, user) =>
        {
            user.DisabledUtc = null;
            await audit.AddAsync(db, actor, new AuditNote("user enabled", user.Email!, "disabled", "enabled", reason), cancellationToken);
            return UserChange.Done;
        }, cancellationToken);

    private async Task<UserChange> ChangeAsync(
        SeenUser seen, bool isDroppingAdministrator, Func<PortalDbContext, User, Task<UserChange>> change,
        CancellationToken cancellationToken)
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

/// <summary>An account as the user saw it before changing it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Stamp">Changes with each change.</param>
public sealed record SeenUser(int Id, string? Stamp);

/// <summary>The result of a change to an account.</summary>
public enum UserChange : byte
{
    /// <summary>It was changed.</summary>
    Done,

    /// <summary>Somebody else changed it in the meantime; nothing was overwritten.</summary>
    ChangedMeanwhile,

    /// <summary>Without this account nobody could administer the portal; nothing was changed.</summary>
    LastAdministrator,

    /// <summary>Administrators and auditors see everything: they can't be limited, and a limited user can't become one.</summary>
    SeesEverything,

    /// <summary>No location was chosen, or one that no longer exists.</summary>
    LocationsGone,
}
