using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Checks passwords, opens sessions and ends them.</summary>
public sealed class SignInDesk(
    WriteGate gate,
    IDbContextFactory<PortalDbContext> database,
    IPasswordHasher<User> hasher,
    ILookupNormalizer normaliser,
    FailedSignIns failures,
    UnknownAccounts unknown,
    AuditTrail audit,
    PeopleDirectory people,
    TimeProvider time)
{
    private const int LongestBrowser = 200;
    private const string NoAccount = "no such account";

    /// <summary>Compared with when there is no such account, so that the answer takes as long.</summary>
    private readonly Lazy<string> _nobody = new(() => hasher.HashPassword(Nobody(), Guid.NewGuid().ToString()));

    /// <summary>Signs somebody in.</summary>
    public async Task<SignInOutcome> SignInAsync(string email, string password, string address, string browser, CancellationToken cancellationToken = default)
    {
        var actor = new Actor(ActorKind.Person, email, address);
        var check = await CheckAsync(actor, email, password, cancellationToken);
        return check.User is { } user
            ? await OpenAsync(actor with { UserId = user.Id, Name = user.Email! }, user.Id, address, browser, cancellationToken)
            : new SignInOutcome(null, check.LockedUntil);
    }

    /// <summary>Whether a password is right; a wrong one is noted and locks the account in the end.</summary>
    public async Task<PasswordCheck> CheckAsync(Actor actor, string email, string password, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var name = normaliser.NormalizeName(email);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken);
        if ((user is null ? unknown.LockedUntil(name) : user.LockedUntil(time.GetUtcNow())) is { } until)
        {
            await FailAsync(actor, email, user is null ? NoAccount : "locked", null, cancellationToken);
            return new PasswordCheck(null, until);
        }

        var isRight = hasher.VerifyHashedPassword(user ?? Nobody(), user?.PasswordHash ?? _nobody.Value, password) is not PasswordVerificationResult.Failed;
        if (user is not null && isRight && user.DisabledUtc is null)
        {
            return new PasswordCheck(user, null);
        }

        var lockedUntil = await FailAsync(actor, email, Why(user, isRight), user, cancellationToken);
        return new PasswordCheck(null, user is null ? unknown.Fail(name) : lockedUntil);
    }

    /// <summary>Opens a session for an account whose right to it was checked.</summary>
    public async Task<SignInOutcome> OpenAsync(Actor actor, int userId, string address, string browser, CancellationToken cancellationToken = default)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var outcome = await gate.WriteAsync(
            async db =>
            {
                // Wrong passwords tried beside the right one, and an administrator, may have closed the account meanwhile.
                var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
                if (user.DisabledUtc is not null || user.LockedUntil(time.GetUtcNow()) is not null)
                {
                    return new SignInOutcome(null, user.LockoutEnd);
                }

                await AddAsync(db, user, actor, NewSession(key, userId, address, browser), cancellationToken);
                return new SignInOutcome(key, null);
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return outcome;
    }

    /// <summary>Ends a session; false if it was over.</summary>
    public async Task<bool> EndAsync(Actor actor, int sessionId, string how, CancellationToken cancellationToken = default)
    {
        var isEnded = await gate.WriteAsync(db => db.EndSessionAsync(audit, actor, sessionId, how, time.GetUtcNow(), cancellationToken), cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return isEnded;
    }

    private async Task AddAsync(PortalDbContext db, User user, Actor actor, Session session, CancellationToken cancellationToken)
    {
        db.Sessions.Add(session);
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        user.LastSignInUtc = session.CreatedUtc;
        await audit.AddAsync(db, actor, new AuditNote("signed in", actor.Name), cancellationToken);
    }

    private Session NewSession(string key, int userId, string address, string browser) => new()
    {
        KeyHash = SHA256.HashData(Encoding.UTF8.GetBytes(key)),
        UserId = userId,
        CreatedUtc = time.GetUtcNow(),
        LastActiveUtc = time.GetUtcNow(),
        Address = address,
        Browser = browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser,
    };

    private static string Why(User? user, bool isRight) => user is null ? NoAccount : isRight ? "disabled" : "wrong password";

    private static User Nobody() => new() { CreatedUtc = default };

    /// <summary>Notes a failure; with too many in a row the account is locked for longer each time.</summary>
    private async Task<DateTimeOffset?> FailAsync(Actor actor, string email, string why, User? user, CancellationToken cancellationToken)
    {
        var isEntry = failures.Count(actor.Address ?? "", email);
        if (user is null && !isEntry)
        {
            // Guessing at accounts that are not there costs the disk nothing.
            return null;
        }

        return await gate.WriteAsync(
            async db =>
            {
                var until = user is null ? null : await LockAsync(db, user.Id, cancellationToken);
                if (isEntry)
                {
                    await audit.AddAsync(db, actor, new AuditNote("sign-in failed", email, New: why), cancellationToken);
                }

                return until;
            },
            cancellationToken);
    }

    private async Task<DateTimeOffset?> LockAsync(PortalDbContext db, int userId, CancellationToken cancellationToken)
    {
        var account = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        account.AccessFailedCount++;
        return account.LockoutEnd = Lockout.DelayAfter(account.AccessFailedCount) is { } delay ? time.GetUtcNow() + delay : null;
    }
}

/// <summary>What came of an attempt to sign in.</summary>
/// <param name="SessionKey">The key for the cookie; null if it failed.</param>
/// <param name="LockedUntil">Until when the account is locked; null if it is not.</param>
public sealed record SignInOutcome(string? SessionKey, DateTimeOffset? LockedUntil);

/// <summary>What came of a look at a password.</summary>
/// <param name="User">Whose it is; null if it is wrong or may not be used.</param>
/// <param name="LockedUntil">Until when the account is locked; null if it is not.</param>
public sealed record PasswordCheck(User? User, DateTimeOffset? LockedUntil);
