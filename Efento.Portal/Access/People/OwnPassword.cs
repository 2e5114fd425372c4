using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Lets users change their own password.</summary>
internal sealed class OwnPassword(
    WriteGate gate, SignInService service, UserManagers managers, Passwords passwords, AuditTrail audit, PeopleDirectory people,
    TimeProvider time)
{
    /// <summary>Changes it, and ends all other sessions of the user.</summary>
    /// <param name="actor">Whose it is.</param>
    /// <param name="sessionId">The session it is changed from.</param>
    /// <param name="old">The old one. A wrong one counts as a failed sign-in attempt.</param>
    /// <param name="wanted">The new one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The faults; empty if it was changed.</returns>
    public async Task<IReadOnlyList<AccessFault>> ChangeAsync(
        Actor actor, int sessionId, string old, string wanted, CancellationToken cancellationToken = default)
    {
        var check = await service.CheckAsync(actor, actor.Name, old, _ => $"session {sessionId}", cancellationToken);
        if (check.User?.Id != actor.UserId)
        {
            return
            [
                check.IsBusy
                    ? AccessFaultKind.SignInBusy
                    : check.LockedUntil is null
                    ? AccessFaultKind.OldPasswordWrong
                    : AccessFaultKind.Locked
            ];
        }

        var prepared = await passwords.PrepareAsync(wanted, cancellationToken);
        var faults = await gate.WriteAsync(
            async db =>
            {
                using var users = managers.On(db);
                var user = await db.Users.SingleAsync(u => u.Id == actor.UserId, cancellationToken);
                if (await Passwords.SetAsync(users, user, prepared) is { Count: > 0 } wrong)
                {
                    return wrong;
                }

                var ended = await db.EndSessionsAsync(user.Id, sessionId, time.GetUtcNow(), cancellationToken);
                await audit.AddAsync(
                    db, actor, new AuditNote("password changed", user.Email!, New: $"other sessions ended: {ended}"), cancellationToken);
                return [];
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return faults;
    }
}
