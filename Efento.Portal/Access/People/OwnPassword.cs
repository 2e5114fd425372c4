using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Lets people change their own password.</summary>
public sealed class OwnPassword(
    WriteGate gate, SignInDesk desk, UserManagers managers, Passwords passwords, AuditTrail audit, PeopleDirectory people, TimeProvider time)
{
    /// <summary>Changes it, and ends every session but the one it is changed from.</summary>
    /// <param name="actor">Whose it is.</param>
    /// <param name="sessionId">The session it is changed from.</param>
    /// <param name="old">The old one; a wrong one counts like one at the sign-in.</param>
    /// <param name="wanted">The new one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is wrong; empty if it was changed.</returns>
    public async Task<IReadOnlyList<string>> ChangeAsync(Actor actor, int sessionId, string old, string wanted, CancellationToken cancellationToken = default)
    {
        var check = await desk.CheckAsync(actor, actor.Name, old, _ => $"session {sessionId}", cancellationToken);
        if (check.User?.Id != actor.UserId)
        {
            return [check.IsBusy ? AccessText.SignInBusy : check.LockedUntil is null ? AccessText.OldPasswordWrong : AccessText.Locked];
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
                await audit.AddAsync(db, actor, new AuditNote("password changed", user.Email!, New: $"other sessions ended: {ended}"), cancellationToken);
                return [];
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return faults;
    }
}
