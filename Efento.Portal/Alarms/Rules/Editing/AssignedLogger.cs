using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>Where a logger measures now.</summary>
/// <param name="Serial">Its serial.</param>
/// <param name="PointId">The measuring point.</param>
internal sealed record AssignedLogger(string Serial, int PointId)
{
    /// <summary>Reads it for all loggers.</summary>
    public static Task<List<AssignedLogger>> ReadAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        (from assignment in db.LoggerAssignments
         where assignment.UntilUtc == null
         join logger in db.Loggers on assignment.LoggerId equals logger.Id
         select new AssignedLogger(logger.Serial, assignment.PointId)).ToListAsync(cancellationToken);
}
