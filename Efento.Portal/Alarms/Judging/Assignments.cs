using System.Collections.Frozen;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Judging;

/// <summary>Which logger measured at which point from when until when.</summary>
internal sealed class Assignments
{
    private readonly FrozenDictionary<int, Period[]> _byLogger;
    private readonly FrozenDictionary<int, Period[]> _byPoint;

    private Assignments(IReadOnlyCollection<Period> all)
    {
        _byLogger = all.GroupBy(p => p.LoggerId).ToFrozenDictionary(g => g.Key, g => g.OrderBy(p => p.FromMs).ToArray());
        _byPoint = all.GroupBy(p => p.PointId).ToFrozenDictionary(g => g.Key, g => g.OrderBy(p => p.FromMs).ToArray());
    }

    /// <summary>No assignment.</summary>
    public static Assignments None { get; } = new([]);

    /// <summary>Reads all of them.</summary>
    public static async Task<Assignments> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var all = await db.LoggerAssignments.AsNoTracking().ToListAsync(cancellationToken);
        return new([.. all.Select(Period.Of)]);
    }

    /// <summary>The points a logger measured at, in the order of time.</summary>
    public IReadOnlyList<Period> OfLogger(int loggerId) => _byLogger.GetValueOrDefault(loggerId) ?? [];

    /// <summary>The loggers that measured at a point, in the order of time.</summary>
    public IReadOnlyList<Period> OfPoint(int pointId) => _byPoint.GetValueOrDefault(pointId) ?? [];

    /// <summary>A time in which a logger measured at a point.</summary>
    /// <param name="LoggerId">The logger.</param>
    /// <param name="PointId">The point.</param>
    /// <param name="FromMs">The begin, by the time measured, Unix ms.</param>
    /// <param name="UntilMs">The end, Unix ms; not part of it.</param>
    internal readonly record struct Period(int LoggerId, int PointId, long FromMs, long UntilMs)
    {
        public static Period Of(LoggerAssignment its) => new(
            its.LoggerId, its.PointId, its.FromUtc.ToUnixTimeMilliseconds(), its.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue);

        /// <summary>Whether a time measured (Unix ms) lies in it.</summary>
        public bool Holds(long ms) => FromMs <= ms && ms < UntilMs;
    }
}
