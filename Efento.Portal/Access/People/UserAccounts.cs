using System.Net.Mail;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Makes accounts; each stands in the audit trail and may sign in at once.</summary>
public sealed class UserAccounts(
    WriteGate gate,
    IDbContextFactory<PortalDbContext> database,
    UserManagers managers,
    Passwords passwords,
    AuditTrail audit,
    PeopleDirectory people,
    TimeProvider time)
{
    /// <summary>The longest e-mail address, in characters. Source: RFC 5321, 4.5.3.1.3.</summary>
    public const int LongestEmail = 254;

    /// <summary>Makes an account.</summary>
    /// <returns>What is wrong with address or password; empty if it was made.</returns>
    public async Task<IReadOnlyList<string>> AddAsync(
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

    /// <summary>Makes the first administrator and the site, if nobody has an account yet.</summary>
    /// <returns>What is wrong; empty if it was made.</returns>
    public async Task<IReadOnlyList<string>> SetUpAsync(Actor actor, Site site, string email, string password, CancellationToken cancellationToken = default)
    {
        var prepared = await passwords.PrepareAsync(password, cancellationToken);
        var faults = await gate.WriteAsync(
            async db =>
            {
                if (await db.Users.AnyAsync(cancellationToken))
                {
                    return [AccessText.SetUpAlready];
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
        return await db.Users.AsNoTracking().OrderBy(u => u.NormalizedUserName).ToListAsync(cancellationToken);
    }

    /// <summary>Makes an account in the caller's transaction, and with the first one the site if there is none.</summary>
    internal async Task<IReadOnlyList<string>> AddAsync(
        PortalDbContext db, Actor actor, string email, NewPassword password, Role role, string? locations, CancellationToken cancellationToken)
    {
        using var users = managers.On(db);
        var user = new User { UserName = email, Email = email, Role = role, Locations = locations, CreatedUtc = time.GetUtcNow(), PasswordHash = password.Hash };
        var isFirst = !await db.Users.AnyAsync(cancellationToken);
        IReadOnlyList<string> faults = IsEmail(email) ? [] : [AccessText.NoEmail];
        faults = [.. faults, .. isFirst && role is not Role.Administrator ? [AccessText.FirstAdministrator] : Array.Empty<string>()];
        faults = [.. faults, .. await Passwords.FaultsAsync(users, user, password)];

        // Whatever else is about to be saved, such as the site, must not be without the account.
        faults = faults.Count > 0 ? faults : Passwords.InWords(await users.CreateAsync(user));
        if (faults.Count > 0)
        {
            db.ChangeTracker.Clear();
            return faults;
        }

        var sees = await LocationNames.ReadAsync(db, LocationLimit.Parse(locations), cancellationToken);
        await audit.AddAsync(db, actor, new AuditNote("user added", email, New: locations is null ? role.ToString() : $"{role}, {sees}"), cancellationToken);
        if (isFirst)
        {
            await NoteSiteAsync(db, actor, cancellationToken);
        }

        return [];
    }

    /// <summary>Whether somebody could have this address.</summary>
    internal static bool IsEmail(string text) => text.Length <= LongestEmail && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private async Task NoteSiteAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var site = await db.Sites.FirstOrDefaultAsync(cancellationToken);
        if (site is null)
        {
            site = Site.Unnamed;
            db.Sites.Add(site);
        }

        await audit.AddAsync(db, actor, new AuditNote("portal set up", site.Name, New: $"{site.TimeZone}, {site.Language}"), cancellationToken);
    }
}
