using System.Net.Mail;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Makes accounts. Each gets an entry in the audit trail and can sign in at once.</summary>
internal sealed class UserAccounts(
    WriteGate gate,
    IDbContextFactory<PortalDbContext> database,
    UserManagers managers,
    Passwords passwords,
    AuditTrail audit,
    PeopleDirectory people,
    TimeProvider time)
{
    /// <summary>Makes an account.</summary>
    /// <returns>The faults of the address or the password; empty if it was made.</returns>
    public async Task<IReadOnlyList<AccessFault>> AddAsync(
        Actor actor, string email, string password, Role role, LocationLimit? limit = null, CancellationToken cancellationToken = default)
    {
        var prepared = await passwords.PrepareAsync(password, cancellationToken);
        var faults = await gate.WriteAsync(
            async db => await LocationNames.FaultAsync(db, role, limit, cancellationToken) is { } fault
                ? [fault]
                : await AddAsync(db, actor, email, prepared, role, limit?.Kept, cancellationToken),
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return faults;
    }

    /// <summary>Makes the first administrator and the site, if there is no account yet.</summary>
    /// <returns>The faults; empty if it was made.</returns>
    public async Task<IReadOnlyList<AccessFault>> SetUpAsync(
        Actor actor, Site site, string email, string password, CancellationToken cancellationToken = default)
    {
        var prepared = await passwords.PrepareAsync(password, cancellationToken);
        var faults = await gate.WriteAsync(
            async db =>
            {
                if (await db.Users.AnyAsync(cancellationToken))
                {
                    return [AccessFaultKind.SetUpAlready];
                }

                db.Sites.Add(site);
                return await AddAsync(db, actor, email, prepared, Role.Administrator, null, cancellationToken);
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return faults;
    }

    /// <summary>Every account, by e-mail address.</summary>
    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var users = await db.Users.AsNoTracking().ToListAsync(cancellationToken);
        return [.. users.OrderBy(u => u.NormalizedUserName, StringComparer.Ordinal)];
    }

    /// <summary>Makes an account in the caller's transaction. With the first account it also makes the site, if there is none.</summary>
    internal async Task<IReadOnlyList<AccessFault>> AddAsync(
        PortalDbContext db, Actor actor, string email, NewPassword password, Role role, string? locations,
        CancellationToken cancellationToken)
    {
        using var users = managers.On(db);
        var user = new User
        {
            UserName = email,
            Email = email,
            Role = role,
            Locations = locations,
            CreatedUtc = time.GetUtcNow(),
            PasswordHash = password.Hash
        };
        var isFirst = !await db.Users.AnyAsync(cancellationToken);
        IReadOnlyList<AccessFault> faults = EmailText.IsAddress(email) ? [] : [AccessFaultKind.NoEmail];
        faults =
        [
            .. faults, .. isFirst && role is not Role.Administrator ? [AccessFaultKind.FirstAdministrator] : Array.Empty<AccessFault>()
        ];
        faults = [.. faults, .. await Passwords.FaultsAsync(users, user, password)];

        // Other pending changes, such as the site, must not be saved without the account.
        faults = faults.Count > 0 ? faults : Passwords.Faults(await users.CreateAsync(user));
        if (faults.Count > 0)
        {
            db.ChangeTracker.Clear();
            return faults;
        }

        var sees = await LocationNames.ReadAsync(db, LocationLimit.Parse(locations), cancellationToken);
        await audit.AddAsync(
            db, actor, new AuditNote("user added", email, New: locations is null ? role.ToString() : $"{role}, {sees}"), cancellationToken);
        if (isFirst)
        {
            await NoteSiteAsync(db, actor, cancellationToken);
        }

        return [];
    }

    private static string SetUpAs(Site site) =>
        string.Join(", ", new[] { site.TimeZone, site.Language, site.PublicAddress }.OfType<string>());

    private async Task NoteSiteAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var site = await db.Sites.SingleOrDefaultAsync(cancellationToken);
        if (site is null)
        {
            site = Site.Unnamed;
            db.Sites.Add(site);
        }

        await audit.AddAsync(
            db, actor, new AuditNote("portal set up", site.Name, New: SetUpAs(site)), cancellationToken);
    }
}
