using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Handles the use of a link: sets a password, once.</summary>
internal sealed class InvitationAcceptance(
    WriteGate gate,
    IDbContextFactory<PortalDbContext> database,
    UserAccounts accounts,
    UserManagers managers,
    Passwords passwords,
    SignInService service,
    SignInLocks locks,
    ILookupNormalizer normaliser,
    AuditTrail audit,
    PeopleDirectory people,
    TimeProvider time)
{
    /// <summary>The invitation of a code; null if it can't or can no longer be used.</summary>
    public async Task<Invitation?> FindAsync(string? code, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, code, cancellationToken);
    }

    /// <summary>Sets the password, makes the account if there is none, and signs the user in.</summary>
    public async Task<Acceptance> AcceptAsync(
        string code, string password, string address, string browser, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(code, cancellationToken) is null)
        {
            return new Acceptance(null, [AccessFaultKind.LinkOver]);
        }

        var prepared = await passwords.PrepareAsync(password, cancellationToken);
        var (actor, faults) = await gate.WriteAsync(db => UseAsync(db, code, prepared, address, cancellationToken), cancellationToken);
        await people.ReloadAsync(cancellationToken);
        if (faults.Count > 0)
        {
            return new Acceptance(null, faults);
        }

        locks.Forget(normaliser.NormalizeName(actor.Name));
        var outcome = await service.OpenAsync(actor, actor.UserId!.Value, address, browser, cancellationToken);
        return new Acceptance(outcome.SessionKey, []) { UserId = outcome.UserId };
    }

    /// <summary>The stored hash of a code.</summary>
    internal static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    private async Task<(Actor Actor, IReadOnlyList<AccessFault> Faults)> UseAsync(
        PortalDbContext db, string code, NewPassword password, string address, CancellationToken cancellationToken)
    {
        var actor = new Actor(ActorKind.Person, "", address);
        if (await FindAsync(db, code, cancellationToken) is not { } invitation)
        {
            return (actor, [AccessFaultKind.LinkOver]);
        }

        actor = actor with { Name = invitation.Email };
        var faults = invitation.UserId is { } userId
            ? await ResetAsync(db, actor, userId, password, cancellationToken)
            : await accounts.AddAsync(db, actor, invitation.Email, password, invitation.Role, invitation.Locations, cancellationToken);
        if (faults.Count > 0)
        {
            return (actor, faults);
        }

        await db.Invitations.Where(i => i.Id == invitation.Id).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.UsedUtc, time.GetUtcNow()), cancellationToken);
        var id = invitation.UserId
            ?? await db.Users.Where(u => u.Email == invitation.Email).Select(u => u.Id).SingleAsync(cancellationToken);
        return (actor with { UserId = id }, []);
    }

    private async Task<IReadOnlyList<AccessFault>> ResetAsync(
        PortalDbContext db, Actor actor, int userId, NewPassword password, CancellationToken cancellationToken)
    {
        using var users = managers.On(db);
        var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        if (user.DisabledUtc is not null)
        {
            return [AccessFaultKind.LinkOver];
        }

        if (await Passwords.SetAsync(users, user, password) is { Count: > 0 } faults)
        {
            return faults;
        }

        var ended = await db.EndSessionsAsync(userId, exceptId: null, time.GetUtcNow(), cancellationToken);
        await audit.AddAsync(
            db, actor, new AuditNote("password set by link", user.Email!, New: $"sessions ended: {ended}"), cancellationToken);
        return [];
    }

    private async Task<Invitation?> FindAsync(PortalDbContext db, string? code, CancellationToken cancellationToken)
    {
        var hash = HashOf(code ?? "");
        var found = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.CodeHash == hash, cancellationToken);
        return found is { UsedUtc: null, RevokedUtc: null } && found.ExpiresUtc > time.GetUtcNow() ? found : null;
    }
}

/// <summary>The result of using a link.</summary>
/// <param name="SessionKey">The key for the cookie; null if it failed.</param>
/// <param name="Faults">The faults of the link or the password.</param>
internal sealed record Acceptance(string? SessionKey, IReadOnlyList<AccessFault> Faults)
{
    /// <summary>The user of the session; 0 if it failed.</summary>
    public int UserId { get; init; }
}
