using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Checks passwords, opens sessions and ends them.</summary>
internal sealed class SignInService(
    WriteGate gate,
    IDbContextFactory<PortalDbContext> database,
    IPasswordHasher<User> hasher,
    ILookupNormalizer normaliser,
    PasswordQueue queue,
    SignInLocks locks,
    FailedSignIns failures,
    AuditTrail audit,
    PeopleDirectory people,
    TimeProvider time)
{
    /// <summary>No account has a password longer than this, so a longer one is not hashed.</summary>
    private const int LongestPassword = 4_096;

    private const int LongestBrowser = 200;
    private const string NoAccount = "no such account";

    /// <summary>A hash to compare with if there is no such account, so that the answer takes the same time.</summary>
    private readonly Lazy<string> _nobody = new(() => hasher.HashPassword(Nobody(), Guid.NewGuid().ToString()));

    /// <summary>Signs a user in.</summary>
    /// <param name="email">The e-mail address that was entered.</param>
    /// <param name="password">The password that was entered.</param>
    /// <param name="address">The IP address of the sender.</param>
    /// <param name="browser">What their browser calls itself.</param>
    /// <param name="known">The browser, if a user has signed in with it before; otherwise null.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<SignInOutcome> SignInAsync(
        string email, string password, string address, string browser, KnownBrowser? known = null,
        CancellationToken cancellationToken = default)
    {
        var actor = new Actor(ActorKind.Person, email, address);
        var check = await CheckAsync(
            actor, email, password, user => known?.Accounts.Contains(user.Id) == true ? $"browser {known.Id}" : null, cancellationToken);
        return check.User is { } user
            ? await OpenAsync(actor with { UserId = user.Id, Name = user.Email! }, user.Id, address, browser, cancellationToken)
            : new SignInOutcome(null, check.LockedUntil) { IsBusy = check.IsBusy };
    }

    /// <summary>Checks a password. A wrong one is counted; after several of them the sender has to wait.</summary>
    /// <param name="actor">Who asks, and from where.</param>
    /// <param name="email">The account's e-mail address.</param>
    /// <param name="password">The password that was entered.</param>
    /// <param name="knownAs">
    /// The name under which the account knows the sender, so that failures of others don't make it wait; null if the sender is unknown.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<PasswordCheck> CheckAsync(
        Actor actor, string email, string password, Func<User, string?> knownAs, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var name = normaliser.NormalizeName(email);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken);
        var known = user is null ? null : knownAs(user);
        var sender = known ?? SignInLocks.SenderOf(actor.Address ?? "");
        var (isDone, look) = await queue.TryRunAsync(
            sender, known is not null, () => CheckPassword(name, sender, user, password), cancellationToken);
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

    /// <summary>Compares a password when its turn comes. Attempts that follow already see its result.</summary>
    private Checked CheckPassword(string name, string sender, User? user, string password)
    {
        if (locks.Until(name, sender) is { } until)
        {
            return new Checked(user is null ? NoAccount : "locked", until);
        }

        var isRight = password.Length <= LongestPassword
            && hasher.VerifyHashedPassword(
                user ?? Nobody(), user?.PasswordHash ?? _nobody.Value, password) is not PasswordVerificationResult.Failed;
        if (isRight && user is { DisabledUtc: null })
        {
            locks.Forget(name, sender);
            return new Checked(null, null);
        }

        return new Checked(user is null ? NoAccount : isRight ? "disabled" : "wrong password", locks.Fail(name, sender));
    }

    /// <summary>Opens a session for an account after its password or link was checked.</summary>
    public async Task<SignInOutcome> OpenAsync(
        Actor actor, int userId, string address, string browser, CancellationToken cancellationToken = default)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var outcome = await gate.WriteAsync(
            async db =>
            {
                // An administrator may have disabled the account in the meantime.
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

    /// <summary>Ends a session; false if it had already ended.</summary>
    public async Task<bool> EndAsync(Actor actor, int sessionId, string how, CancellationToken cancellationToken = default)
    {
        var isEnded = await gate.WriteAsync(
            db => db.EndSessionAsync(audit, actor, sessionId, how, time.GetUtcNow(), cancellationToken), cancellationToken);
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

    /// <summary>Writes an audit entry for a failure, unless there were too many within the minute.</summary>
    private async Task NoteAsync(Actor actor, string email, string why, CancellationToken cancellationToken)
    {
        if (failures.Count(actor.Address ?? "", email))
        {
            await gate.WriteAsync(
                db => audit.AddAsync(db, actor, new AuditNote("sign-in failed", email, New: why), cancellationToken), cancellationToken);
        }
    }

    /// <summary>The result of a password check.</summary>
    /// <param name="Why">Why the account can't sign in; null if it can.</param>
    /// <param name="Until">Until when the sender is locked; null if it is not.</param>
    private sealed record Checked(string? Why, DateTimeOffset? Until);
}

/// <summary>The result of an attempt to sign in.</summary>
/// <param name="SessionKey">The key for the cookie; null if it failed.</param>
/// <param name="LockedUntil">Until when the sender is locked for the account; null if it is not.</param>
internal sealed record SignInOutcome(string? SessionKey, DateTimeOffset? LockedUntil)
{
    /// <summary>Whether too many attempts were waiting, so that nothing was checked.</summary>
    public bool IsBusy { get; init; }

    /// <summary>The user of the session; 0 if it failed.</summary>
    public int UserId { get; init; }
}

/// <summary>The result of a password check.</summary>
/// <param name="User">The user; null if the password is wrong or the account can't sign in.</param>
/// <param name="LockedUntil">Until when the sender is locked for the account; null if it is not.</param>
internal sealed record PasswordCheck(User? User, DateTimeOffset? LockedUntil)
{
    /// <summary>Whether too many attempts were waiting, so that nothing was checked.</summary>
    public bool IsBusy { get; init; }
}
