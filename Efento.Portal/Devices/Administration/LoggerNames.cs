using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>The names of loggers: each has the name of the point it measures at now.</summary>
internal static class LoggerNames
{
    /// <summary>The names by logger; one that measures at no point has none.</summary>
    public static async Task<Dictionary<int,
    string>> ReadAsync(PortalDbContext db, IReadOnlyCollection<int> loggers, CancellationToken cancellationToken)
    {
        var names =
            from assignment in db.LoggerAssignments
            where assignment.UntilUtc == null && loggers.Contains(assignment.LoggerId)
            join point in db.MeasuringPoints on assignment.PointId equals point.Id
            select new { assignment.LoggerId, point.Name };
        return (await names.ToListAsync(cancellationToken)).DistinctBy(n => n.LoggerId).ToDictionary(n => n.LoggerId, n => n.Name);
    }

    /// <summary>A logger as the audit trail writes it.</summary>
    public static string Subject(string serial, string? name) =>
        name is null || name == serial ? $"logger {serial}" : $"logger {serial} ({name})";
}
