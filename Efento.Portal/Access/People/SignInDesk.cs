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
    AuditTrail audit,
    PeopleDirectory people,
    TimeProvider time)
{
    /// <summary>Wrong passwords in a row that cost nothing.</summary>
    private const int FreeAttempts = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>Compared with when there is no such account, so that the answer takes as long.</summary>
    private readonly Lazy<string> _nobody = new(() => hasher.HashPassword(Nobody(), Guid.NewGuid().ToString()));

    /// <summary>Signs somebody in.</summary>
    public async Task<SignInOutcome> SignInAsync(string email, string password, string address, string browser, CancellationToken cancellationToken = default)
    {
        var actor = new Actor(ActorKind.Person, email, address);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var name = normaliser.NormalizeName(email);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken);
        if (user?.LockoutEnd is { } until && until > time.GetUtcNow())
        {
            await FailAsync(actor, email, "locked", null, cancellationToken);
            return new SignInOutcome(null, until);
        }

        var isRight = hasher.VerifyHashedPassword(user ?? Nobody(), user?.PasswordHash ?? _nobody.Value, password) is not PasswordVerificationResult.Failed;
        if (user is null || !isRight || user.DisabledUtc is not null)
        {
            return new SignInOutcome(null, await FailAsync(actor, email, Why(user, isRight), user, cancellationToken));
        }

        return new SignInOutcome(await OpenAsync(actor with { UserId = user.Id, Name = user.Email! }, user.Id, address, browser, cancellationToken), null);
    }

    /// <summary>Opens a session for an account whose right to it was checked.</summary>
    /// <returns>The session's key, for the cookie.</returns>
    public async Task<string> OpenAsync(Actor actor, int userId, string address, string browser, CancellationToken cancellationToken = default)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        await gate.WriteAsync(
            async db =>
            {
                db.Sessions.Add(new Session
                {
                    KeyHash = SHA256.HashData(Encoding.UTF8.GetBytes(key)),
                    UserId = userId,
                    CreatedUtc = now,
                    LastActiveUtc = now,
                    Address = address,
                    Browser = browser.Length > 200 ? browser[..200] : browser,
                });
                await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null).SetProperty(u => u.LastSignInUtc, now),
                    cancellationToken);
                await audit.AddAsync(db, actor, new AuditNote("signed in", actor.Name), cancellationToken);
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return key;
    }

    /// <summary>Ends a session; false if it was over.</summary>
    public async Task<bool> EndAsync(Actor actor, int sessionId, string how, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var isEnded = await gate.WriteAsync(
            async db =>
            {
                var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedUtc == null, cancellationToken);
                if (session is null)
                {
                    return false;
                }

                session.EndedUtc = now;
                var whose = await db.Users.Where(u => u.Id == session.UserId).Select(u => u.Email).SingleAsync(cancellationToken);
                await audit.AddAsync(db, actor, new AuditNote(how, whose ?? ""), cancellationToken);
                return true;
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return isEnded;
    }

    private static string Why(User? user, bool isRight) => user is null ? "no such account" : isRight ? "disabled" : "wrong password";

    private static User Nobody() => new() { CreatedUtc = default };

    /// <summary>Notes a failure; with too many in a row the account is locked for longer each time.</summary>
    private Task<DateTimeOffset?> FailAsync(Actor actor, string email, string why, User? user, CancellationToken cancellationToken) => gate.WriteAsync(
        async db =>
        {
            DateTimeOffset? until = null;
            if (user is not null)
            {
                var account = await db.Users.SingleAsync(u => u.Id == user.Id, cancellationToken);
                account.AccessFailedCount++;
                account.LockoutEnd = until = DelayAfter(account.AccessFailedCount) is { } delay ? time.GetUtcNow() + delay : null;
            }

            await audit.AddAsync(db, actor, new AuditNote("sign-in failed", email, New: why), cancellationToken);
            return until;
        },
        cancellationToken);

    /// <summary>How long an account is locked after so many wrong passwords in a row; null for not at all.</summary>
    internal static TimeSpan? DelayAfter(int failures)
    {
        if (failures < FreeAttempts)
        {
            return null;
        }

        var doublings = Math.Min(failures - FreeAttempts, 12);
        var delay = FirstDelay * Math.Pow(2, doublings);
        return delay < LongestDelay ? delay : LongestDelay;
    }
}

/// <summary>What came of an attempt to sign in.</summary>
/// <param name="SessionKey">The key for the cookie; null if it failed.</param>
/// <param name="LockedUntil">Until when the account is locked; null if it is not.</param>
public sealed record SignInOutcome(string? SessionKey, DateTimeOffset? LockedUntil);
