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
    PasswordLane lane,
    SignInLocks locks,
    FailedSignIns failures,
    AuditTrail audit,
    PeopleDirectory people,
    TimeProvider time)
{
    /// <summary>A longer password than this is nobody's, and is not hashed.</summary>
    private const int LongestPassword = 4_096;

    private const int LongestBrowser = 200;
    private const string NoAccount = "no such account";

    /// <summary>Compared with when there is no such account, so that the answer takes as long.</summary>
    private readonly Lazy<string> _nobody = new(() => hasher.HashPassword(Nobody(), Guid.NewGuid().ToString()));

    /// <summary>Signs somebody in.</summary>
    /// <param name="email">Who they say they are.</param>
    /// <param name="password">What they typed.</param>
    /// <param name="address">Where they are.</param>
    /// <param name="browser">What their browser calls itself.</param>
    /// <param name="known">Their browser, if somebody has signed in with it before.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SignInOutcome> SignInAsync(
        string email, string password, string address, string browser, KnownBrowser? known = null, CancellationToken cancellationToken = default)
    {
        var actor = new Actor(ActorKind.Person, email, address);
        var check = await CheckAsync(actor, email, password, user => known?.Accounts.Contains(user.Id) == true ? $"browser {known.Id}" : null, cancellationToken);
        return check.User is { } user
            ? await OpenAsync(actor with { UserId = user.Id, Name = user.Email! }, user.Id, address, browser, cancellationToken)
            : new SignInOutcome(null, check.LockedUntil) { IsBusy = check.IsBusy };
    }

    /// <summary>Whether a password is right; a wrong one is noted, and keeps its sender waiting in the end.</summary>
    /// <param name="actor">Who asks, and from where.</param>
    /// <param name="email">Whose password.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="knownAs">What an account knows the sender as, whom failures of others then don't keep waiting; null if it does not.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PasswordCheck> CheckAsync(
        Actor actor, string email, string password, Func<User, string?> knownAs, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var name = normaliser.NormalizeName(email);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken);
        var known = user is null ? null : knownAs(user);
        var sender = known ?? SignInLocks.SenderOf(actor.Address ?? "");
        var (isDone, look) = await lane.TryRunAsync(sender, known is not null, () => Look(name, sender, user, password), cancellationToken);
        if (!isDone)
        {
            return new PasswordCheck(null, null) { IsBusy = true };
        }

        if (look!.Why is { } why)
        {
            await NoteAsync(actor, email, why, cancellationToken);
        }

        return new PasswordCheck(look.Why is null ? user : null, look.Until);
    }

    /// <summary>Compares a password, at its turn: those who come after it find what it came to.</summary>
    private Checked Look(string name, string sender, User? user, string password)
    {
        if (locks.Until(name, sender) is { } until)
        {
            return new Checked(user is null ? NoAccount : "locked", until);
        }

        var isRight = password.Length <= LongestPassword
            && hasher.VerifyHashedPassword(user ?? Nobody(), user?.PasswordHash ?? _nobody.Value, password) is not PasswordVerificationResult.Failed;
        if (isRight && user is { DisabledUtc: null })
        {
            locks.Forget(name, sender);
            return new Checked(null, null);
        }

        return new Checked(user is null ? NoAccount : isRight ? "disabled" : "wrong password", locks.Fail(name, sender));
    }

    /// <summary>Opens a session for an account whose right to it was checked.</summary>
    public async Task<SignInOutcome> OpenAsync(Actor actor, int userId, string address, string browser, CancellationToken cancellationToken = default)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var outcome = await gate.WriteAsync(
            async db =>
            {
                // An administrator may have closed the account meanwhile.
                var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
                if (user.DisabledUtc is not null)
                {
                    return new SignInOutcome(null, null);
                }

                await AddAsync(db, user, actor, NewSession(key, userId, address, browser), cancellationToken);
                return new SignInOutcome(key, null) { UserId = userId };
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

    private static User Nobody() => new() { CreatedUtc = default };

    /// <summary>Notes a failure in the audit trail, unless it is one of many.</summary>
    private async Task NoteAsync(Actor actor, string email, string why, CancellationToken cancellationToken)
    {
        if (failures.Count(actor.Address ?? "", email))
        {
            await gate.WriteAsync(db => audit.AddAsync(db, actor, new AuditNote("sign-in failed", email, New: why), cancellationToken), cancellationToken);
        }
    }

    /// <summary>What a look at a password came to.</summary>
    /// <param name="Why">Why it may not be used; null if it may.</param>
    /// <param name="Until">Until when no further one is taken; null if one is.</param>
    private sealed record Checked(string? Why, DateTimeOffset? Until);
}

/// <summary>What came of an attempt to sign in.</summary>
/// <param name="SessionKey">The key for the cookie; null if it failed.</param>
/// <param name="LockedUntil">Until when the account takes no password from there; null if it does.</param>
public sealed record SignInOutcome(string? SessionKey, DateTimeOffset? LockedUntil)
{
    /// <summary>Whether too many others wait, so that nothing was looked at.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Whose session it is; 0 if it failed.</summary>
    public int UserId { get; init; }
}

/// <summary>What came of a look at a password.</summary>
/// <param name="User">Whose it is; null if it is wrong or may not be used.</param>
/// <param name="LockedUntil">Until when the account takes no password from there; null if it does.</param>
public sealed record PasswordCheck(User? User, DateTimeOffset? LockedUntil)
{
    /// <summary>Whether too many others wait, so that nothing was looked at.</summary>
    public bool IsBusy { get; init; }
}
