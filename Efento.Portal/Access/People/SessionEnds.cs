using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Ends sessions within the transaction of the change that ends them. The caller must reload the directory afterwards.</summary>
internal static class SessionEnds
{
    /// <summary>Ends one session and writes its audit entry; false if it had already ended.</summary>
    public static async Task<bool> EndSessionAsync(
        this PortalDbContext db, AuditTrail audit, Actor actor, int sessionId, string how, DateTimeOffset now,
        CancellationToken cancellationToken)
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
    }

    /// <summary>Ends all sessions of an account except one. The audit entry of the change that ends them mentions it.</summary>
    /// <returns>The number of sessions ended.</returns>
    public static Task<int> EndSessionsAsync(
        this PortalDbContext db, int userId, int? exceptId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Sessions.Where(s => s.UserId == userId && s.EndedUtc == null && s.Id != exceptId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedUtc, now), cancellationToken);
}
