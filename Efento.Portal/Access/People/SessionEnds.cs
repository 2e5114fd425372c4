using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Ending sessions within the transaction of what ends them; the directory is to be reloaded after it.</summary>
internal static class SessionEnds
{
    /// <summary>Ends one, with its entry; false if it was over.</summary>
    public static async Task<bool> EndSessionAsync(
        this PortalDbContext db, AuditTrail audit, Actor actor, int sessionId, string how, DateTimeOffset now, CancellationToken cancellationToken)
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

    /// <summary>Ends all of an account but one; the entry of what ends them tells of it.</summary>
    /// <returns>How many.</returns>
    public static Task<int> EndSessionsAsync(this PortalDbContext db, int userId, int? exceptId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Sessions.Where(s => s.UserId == userId && s.EndedUtc == null && s.Id != exceptId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedUtc, now), cancellationToken);
}
