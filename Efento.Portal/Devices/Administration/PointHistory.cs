using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>Which loggers measured at a point, and when they were replaced.</summary>
internal sealed class PointHistory(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>The loggers that measured at a point; none if the user may not see it.</summary>
    public async Task<PointSpans> SpansAsync(SiteScope scope, int pointId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (
            scope.IsLimited
                && !scope.SeesLocation(
                    await db.MeasuringPoints.Where(p => p.Id == pointId).Select(p => p.LocationId).FirstOrDefaultAsync(cancellationToken)))
        {
            return new PointSpans(scope, pointId, []);
        }

        var spans =
            from assignment in db.LoggerAssignments.AsNoTracking()
            where assignment.PointId == pointId
            join logger in db.Loggers on assignment.LoggerId equals logger.Id
            orderby assignment.FromUtc, assignment.Id
            select new PointSpan(logger.Id, logger.Serial, assignment.FromUtc, assignment.UntilUtc);
        return new PointSpans(scope, pointId, await spans.ToListAsync(cancellationToken));
    }

    /// <summary>A logger alone, wherever it measured, since the time from which the caller may see it; none if it may not.</summary>
    public static PointSpans OfLogger(SiteScope scope, LoggerEntry logger) => new(
        scope, 0, scope.SeesLogger(logger.Id) ? [new PointSpan(logger.Id, logger.Serial, scope.SinceUtc(logger.Id), null)] : []);
}

/// <summary>
/// The loggers that measured at a point, as far as a user may see it. A page reads it once for everything it shows of the point. It proves
/// that its <see cref="SiteScope"/> was asked, so queries that take it need no other scope.
/// </summary>
public sealed class PointSpans
{
    /// <summary>Only <see cref="PointHistory"/> makes it, after asking the scope.</summary>
    internal PointSpans(SiteScope scope, int pointId, IReadOnlyList<PointSpan> all) => (Scope, PointId, All) = (scope, pointId, all);

    /// <summary>What the user may see.</summary>
    public SiteScope Scope { get; }

    /// <summary>The key of the point.</summary>
    public int PointId { get; }

    /// <summary>The spans, oldest first; none if the user may not see the point.</summary>
    public IReadOnlyList<PointSpan> All { get; }

    /// <summary>When another logger took over in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>), oldest first.</summary>
    public IReadOnlyList<ReplacementMark> Marks(DateTimeOffset fromUtc, DateTimeOffset toUtc) =>
    [
        .. All.Zip(All.Skip(1), (before, after) => new ReplacementMark(after.FromUtc, before.Serial, after.Serial))
            .Where(mark => mark.AtUtc >= fromUtc && mark.AtUtc < toUtc),
    ];
}

/// <summary>A time in which one logger measured at a point.</summary>
/// <param name="LoggerId">The logger.</param>
/// <param name="Serial">Its serial.</param>
/// <param name="FromUtc">The begin; the first span reaches back to the beginning of time.</param>
/// <param name="UntilUtc">The end; null while it measures there.</param>
public sealed record PointSpan(int LoggerId, string Serial, DateTimeOffset FromUtc, DateTimeOffset? UntilUtc);

/// <summary>Another logger took over.</summary>
/// <param name="AtUtc">When the new logger took over, by the time measured.</param>
/// <param name="Before">The serial of the logger before.</param>
/// <param name="After">The serial of the logger after.</param>
public sealed record ReplacementMark(DateTimeOffset AtUtc, string Before, string After);
