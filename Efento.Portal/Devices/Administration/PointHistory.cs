using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>What was measured at a point, whichever loggers did, and when they were replaced.</summary>
public sealed class PointHistory(IDbContextFactory<PortalDbContext> database, HistoryQuery history)
{
    /// <summary>Which loggers measured there, oldest first; none if whoever asks does not see the point.</summary>
    public async Task<IReadOnlyList<PointSpan>> SpansAsync(SiteScope scope, int pointId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (scope.IsLimited && !scope.SeesLocation(await db.MeasuringPoints.Where(p => p.Id == pointId).Select(p => p.LocationId).FirstOrDefaultAsync(cancellationToken)))
        {
            return [];
        }

        var spans =
            from assignment in db.LoggerAssignments.AsNoTracking()
            where assignment.PointId == pointId
            join logger in db.Loggers on assignment.LoggerId equals logger.Id
            orderby assignment.FromUtc, assignment.Id
            select new PointSpan(logger.Id, logger.Serial, assignment.FromUtc, assignment.UntilUtc);
        return await spans.ToListAsync(cancellationToken);
    }

    /// <summary>When another logger took over in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>), oldest first.</summary>
    public async Task<IReadOnlyList<ReplacementMark>> MarksAsync(
        SiteScope scope, int pointId, DateTimeOffset fromUtc, DateTimeOffset toUtc, CancellationToken cancellationToken = default)
    {
        var spans = await SpansAsync(scope, pointId, cancellationToken);
        return
        [
            .. spans.Zip(spans.Skip(1), (before, after) => new ReplacementMark(after.FromUtc, before.Serial, after.Serial))
                .Where(mark => mark.AtUtc >= fromUtc && mark.AtUtc < toUtc),
        ];
    }

    /// <summary>What each of its loggers measured there in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>), oldest first.</summary>
    public async Task<IReadOnlyList<(PointSpan Span, IReadOnlyList<SeriesHistory> Series)>> ReadAsync(
        SiteScope scope, int pointId, DateTimeOffset fromUtc, DateTimeOffset toUtc, int maxPoints = HistoryQuery.DefaultPoints, CancellationToken cancellationToken = default)
    {
        List<(PointSpan, IReadOnlyList<SeriesHistory>)> found = [];
        foreach (var span in await SpansAsync(scope, pointId, cancellationToken))
        {
            var from = span.FromUtc > fromUtc ? span.FromUtc : fromUtc;
            var to = span.UntilUtc < toUtc ? span.UntilUtc.Value : toUtc;
            if (from < to)
            {
                // What it measured here is seen, wherever it measures now.
                found.Add((span, await history.ReadAsync(SiteScope.Everything, span.LoggerId, from, to, maxPoints, cancellationToken: cancellationToken)));
            }
        }

        return found;
    }
}

/// <summary>A time in which one logger measured at a point.</summary>
/// <param name="LoggerId">The logger.</param>
/// <param name="Serial">Its serial.</param>
/// <param name="FromUtc">From when on; the first one reaches back to the beginning of time.</param>
/// <param name="UntilUtc">Until when; null while it measures there.</param>
public sealed record PointSpan(int LoggerId, string Serial, DateTimeOffset FromUtc, DateTimeOffset? UntilUtc);

/// <summary>Another logger took over.</summary>
/// <param name="AtUtc">From when on, by the time measured.</param>
/// <param name="Before">The serial of the logger before.</param>
/// <param name="After">The serial of the logger after.</param>
public sealed record ReplacementMark(DateTimeOffset AtUtc, string Before, string After);
