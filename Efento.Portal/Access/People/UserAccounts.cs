using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Makes and changes accounts; each change stands in the audit trail and holds in open pages at once.</summary>
public sealed class UserAccounts(
    WriteGate gate, IDbContextFactory<PortalDbContext> database, UserManagers managers, AuditTrail audit, PeopleDirectory people, TimeProvider time)
{
    /// <summary>Makes an account.</summary>
    /// <returns>What is wrong with address or password; empty if it was made.</returns>
    public async Task<IReadOnlyList<string>> AddAsync(Actor actor, string email, string password, Role role, CancellationToken cancellationToken = default)
    {
        var faults = await gate.WriteAsync(db => AddAsync(db, actor, email, password, role, cancellationToken), cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return faults;
    }

    /// <summary>Makes the first administrator and the site, if nobody has an account yet.</summary>
    /// <returns>What is wrong; empty if it was made.</returns>
    public async Task<IReadOnlyList<string>> SetUpAsync(Actor actor, Site site, string email, string password, CancellationToken cancellationToken = default)
    {
        var faults = await gate.WriteAsync(
            async db =>
            {
                if (await db.Users.AnyAsync(cancellationToken))
                {
                    return ["The portal has been set up already. Sign in."];
                }

                var wrong = await AddAsync(db, actor, email, password, Role.Administrator, cancellationToken);
                if (wrong.Count == 0)
                {
                    db.Sites.Add(site);
                    await audit.AddAsync(db, actor, new AuditNote("portal set up", site.Name, New: $"{site.TimeZone}, {site.Language}"), cancellationToken);
                }

                return wrong;
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return faults;
    }

    /// <summary>Every account, by e-mail address.</summary>
    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().OrderBy(u => u.NormalizedUserName).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<string>> AddAsync(PortalDbContext db, Actor actor, string email, string password, Role role, CancellationToken cancellationToken)
    {
        using var users = managers.On(db);
        var user = new User { UserName = email, Email = email, Role = role, CreatedUtc = time.GetUtcNow() };
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded)
        {
            return InWords(result);
        }

        await audit.AddAsync(db, actor, new AuditNote("user added", email, New: role.ToString()), cancellationToken);
        return [];
    }

    /// <summary>What Identity found wrong.</summary>
    internal static IReadOnlyList<string> InWords(IdentityResult result) => [.. result.Errors.Select(e => e.Description)];
}
