using System.Security.Cryptography;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Makes links for setting a password: the first one of a new user, or another one of an existing user. Only the link contains the code;
/// the portal stores its hash.
/// </summary>
public sealed class Invitations(WriteGate gate, ILookupNormalizer normaliser, AuditTrail audit, PeopleDirectory people, TimeProvider time)
{
    /// <summary>How long an invitation can be used.</summary>
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(7);

    /// <summary>How long a link for a new password can be used.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromDays(1);

    /// <summary>The path of a link.</summary>
    public static string PathOf(string code) => $"invitation/{code}";

    /// <summary>Invites a new user. An earlier invitation to the same address becomes invalid.</summary>
    /// <param name="actor">Who invites.</param>
    /// <param name="email">The address of the new user.</param>
    /// <param name="role">Their role.</param>
    /// <param name="limit">The locations they will be limited to; null for everything.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<NewLink> InviteAsync(
        Actor actor, string email, Role role, LocationLimit? limit = null, CancellationToken cancellationToken = default) => MakeAsync(
        async (db, code) =>
        {
            if (!EmailText.IsAddress(email))
            {
                return AccessFaultKind.NoEmail;
            }

            var name = normaliser.NormalizeName(email);
            if (await db.Users.AnyAsync(u => u.NormalizedUserName == name, cancellationToken))
            {
                return AccessFaultKind.HasAccount;
            }

            if (await LocationNames.FaultAsync(db, role, limit, cancellationToken) is { } fault)
            {
                return fault;
            }

            await VoidAsync(db, i => i.UserId == null && normaliser.NormalizeName(i.Email) == name, cancellationToken);
            Add(db, actor, email, role, null, InvitationLifetime, code, limit);
            var sees = await LocationNames.ReadAsync(db, limit, cancellationToken);
            await audit.AddAsync(
                db, actor, new AuditNote("user invited", email, New: limit is null ? role.ToString() : $"{role}, {sees}"),
                cancellationToken);
            return null;
        },
        cancellationToken);

    /// <summary>
    /// Makes a link for setting a new password. An earlier one becomes invalid. The old password stays valid until the link is used.
    /// </summary>
    /// <param name="actor">Who makes it.</param>
    /// <param name="email">Whose password.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="endsSessions">Whether the user is signed out everywhere at once, instead of when the link is used.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<NewLink> ResetAsync(
        Actor actor, string email, string reason, bool endsSessions, CancellationToken cancellationToken = default) => MakeAsync(
        async (db, code) =>
        {
            var name = normaliser.NormalizeName(email);
            var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken);
            if (user is null or { DisabledUtc: not null })
            {
                return user is null ? AccessFaultKind.HasNoAccount : AccessFaultKind.AccountDisabled;
            }

            await VoidAsync(db, i => i.UserId == user.Id, cancellationToken);
            Add(db, actor, user.Email!, user.Role, user.Id, ResetLifetime, code);
            var ended = endsSessions ? await db.EndSessionsAsync(user.Id, exceptId: null, time.GetUtcNow(), cancellationToken) : 0;
            var note = new AuditNote(
                "password link made", user.Email!, New: endsSessions ? $"sessions ended: {ended}" : null, Reason: reason);
            await audit.AddAsync(db, actor, note, cancellationToken);
            return null;
        },
        cancellationToken);

    /// <summary>Revokes a link; false if it was used, has expired or was revoked before.</summary>
    public async Task<bool> RevokeAsync(Actor actor, int id, CancellationToken cancellationToken = default)
    {
        var isRevoked = await gate.WriteAsync(
            async db =>
            {
                var invitation = await db.Invitations.SingleOrDefaultAsync(
                    i => i.Id == id && i.UsedUtc == null && i.RevokedUtc == null, cancellationToken);
                if (invitation is null)
                {
                    return false;
                }

                invitation.RevokedUtc = time.GetUtcNow();
                var what = invitation.UserId is null ? "invitation revoked" : "password link revoked";
                await audit.AddAsync(db, actor, new AuditNote(what, invitation.Email), cancellationToken);
                return true;
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return isRevoked;
    }

    private async Task<NewLink> MakeAsync(Func<PortalDbContext, string, Task<AccessFault?>> make, CancellationToken cancellationToken)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var fault = await gate.WriteAsync(db => make(db, code), cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return fault is null ? new NewLink(code, null) : new NewLink(null, fault);
    }

    private void Add(
        PortalDbContext db, Actor actor, string email, Role role, int? userId, TimeSpan lifetime, string code,
        LocationLimit? limit = null) => db.Invitations.Add(new Invitation
        {
            Email = email,
            Role = role,
            Locations = limit?.Kept,
            UserId = userId,
            CodeHash = InvitationAcceptance.HashOf(code),
            CreatedUtc = time.GetUtcNow(),
            CreatedBy = actor.Name,
            ExpiresUtc = time.GetUtcNow() + lifetime,
        });

    private async Task VoidAsync(PortalDbContext db, Func<Invitation, bool> isEarlier, CancellationToken cancellationToken)
    {
        var open = await db.Invitations.Where(i => i.UsedUtc == null && i.RevokedUtc == null).ToListAsync(cancellationToken);
        open.Where(isEarlier).ToList().ForEach(i => i.RevokedUtc = time.GetUtcNow());
    }
}

/// <summary>The result of making a link.</summary>
/// <param name="Code">The end of the link's path, to be shown only this once; null if none was made.</param>
/// <param name="Fault">Why none was made.</param>
public sealed record NewLink(string? Code, AccessFault? Fault);
