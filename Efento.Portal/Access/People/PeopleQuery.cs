using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Reads accounts, sessions and invitations for pages and commands.</summary>
internal sealed class PeopleQuery(IDbContextFactory<PortalDbContext> database, PeopleDirectory people, SignInLocks locks, TimeProvider time)
{
    /// <summary>Every account, by e-mail address.</summary>
    public async Task<IReadOnlyList<UserItem>> UsersAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var users = await db.Users.AsNoTracking().ToListAsync(cancellationToken);
        var sessions = await db.Sessions.Where(s => s.EndedUtc == null).GroupBy(s => s.UserId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return
        [
            .. users.OrderBy(u => u.NormalizedUserName, StringComparer.Ordinal).Select(
                u => new UserItem(
                    u.Seen(), u.Email!, u.Role, u.DisabledUtc, locks.Longest(u.NormalizedUserName!), u.LastSignInUtc,
                    sessions.GetValueOrDefault(u.Id), LocationLimit.Parse(u.Locations)))
        ];
    }

    /// <summary>The open sessions of an account, the last used first.</summary>
    public async Task<IReadOnlyList<SessionItem>> SessionsAsync(int userId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var open = await db.Sessions.AsNoTracking().Where(s => s.UserId == userId && s.EndedUtc == null).ToListAsync(cancellationToken);
        var activity = people.Activity();
        return
        [
            .. open.Select(
                s => new SessionItem(s.Id, s.Address, s.Browser, s.CreatedUtc, activity.GetValueOrDefault(s.Id, s.LastActiveUtc)))
                .OrderByDescending(s => s.LastActiveUtc),
        ];
    }

    /// <summary>Links that can still be used, the newest first.</summary>
    public async Task<IReadOnlyList<Invitation>> OpenInvitationsAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var unused = await db.Invitations.AsNoTracking()
            .Where(i => i.UsedUtc == null && i.RevokedUtc == null)
            .ToListAsync(cancellationToken);
        return [.. unused.Where(i => i.ExpiresUtc > time.GetUtcNow()).OrderByDescending(i => i.CreatedUtc)];
    }
}

/// <summary>An account as it is shown.</summary>
/// <param name="Seen">What a change to it refers to.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Role">What they may do.</param>
/// <param name="DisabledUtc">When it was disabled; null if it is not.</param>
/// <param name="LockedUntil">Until when senders that failed at it must wait; null if none has to.</param>
/// <param name="LastSignInUtc">When they last signed in.</param>
/// <param name="OpenSessions">The number of browsers in which they are signed in.</param>
/// <param name="Limit">The locations they are limited to; null without a limit.</param>
public sealed record UserItem(
    SeenUser Seen, string Email, Role Role, DateTimeOffset? DisabledUtc, DateTimeOffset? LockedUntil, DateTimeOffset? LastSignInUtc,
    int OpenSessions,
    LocationLimit? Limit);

/// <summary>A session as it is shown.</summary>
public sealed record SessionItem(int Id, string Address, string Browser, DateTimeOffset CreatedUtc, DateTimeOffset LastActiveUtc);
