using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Changes roles, and disables and enables accounts; each change holds in open pages at once.</summary>
public sealed class UserChanges(WriteGate gate, AuditTrail audit, PeopleDirectory people, TimeProvider time)
{
    /// <summary>Gives an account another role.</summary>
    public Task<UserChange> SetRoleAsync(Actor actor, SeenUser seen, Role role, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: role is not Role.Administrator, cancellationToken, async (db, user) =>
        {
            var note = new AuditNote("role changed", user.Email!, user.Role.ToString(), role.ToString(), reason);
            user.Role = role;
            await audit.AddAsync(db, actor, note, cancellationToken);
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
        });

    /// <summary>Lets somebody in again, with the password they had.</summary>
    public Task<UserChange> EnableAsync(Actor actor, SeenUser seen, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, isDroppingAdministrator: false, cancellationToken, async (db, user) =>
        {
            user.DisabledUtc = null;
            await audit.AddAsync(db, actor, new AuditNote("user enabled", user.Email!, "disabled", "enabled", reason), cancellationToken);
        });

    private async Task<UserChange> ChangeAsync(
        SeenUser seen, bool isDroppingAdministrator, CancellationToken cancellationToken, Func<PortalDbContext, User, Task> change)
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

                user.ConcurrencyStamp = Guid.NewGuid().ToString();
                await change(db, user);
                return UserChange.Done;
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
}
