using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Timeline;

/// <summary>What happened at a measuring point in a time, from all that is kept of it; what was read of its history is not read again.</summary>
public sealed class EventQuery(IDbContextFactory<PortalDbContext> database, SqliteDatabase readings, SeriesDirectory series, PointHistory points, NoteQuery notes, MaintenanceLog maintenance)
{
    /// <summary>How many events of a kind there are at most: the newest.</summary>
    public const int Most = 200;

    /// <summary>What the audit trail calls decisions about a point.</summary>
    private static readonly Dictionary<string, PointDecision> Decisions = new()
    {
        [PointNaming.Renamed] = PointDecision.Renamed,
        [PointPlacement.Placed] = PointDecision.Placed,
        [Retirement.PointRetired] = PointDecision.Retired,
        [Retirement.PointBroughtBack] = PointDecision.BroughtBack,
    };

    /// <summary>The events of a point in the time of a history, newest first; none of a point that is not seen.</summary>
    /// <param name="scope">Whoever asks.</param>
    /// <param name="pointId">The measuring point.</param>
    /// <param name="history">What was measured there, as they see it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<PointEvent>> ReadAsync(SiteScope scope, int pointId, RangeHistory history, CancellationToken cancellationToken = default)
    {
        var spans = await points.SpansAsync(scope, pointId, cancellationToken);
        if (spans.Count == 0)
        {
            return [];
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        List<PointEvent> events =
        [
            .. Measured(history),
            .. history.Replacements.Select(r => new ReplacementEvent(r.AtUtc, r.Before, r.After)),
            .. await DecidedAsync(db, scope, pointId, history, cancellationToken),
            .. (await notes.ReadAsync(scope, pointId, history.FromUtc, history.ToUtc, Most, cancellationToken)).Select(n => new NoteEvent(n)),
            .. (await maintenance.ReadBetweenAsync(history.FromUtc, history.ToUtc, cancellationToken)).TakeLast(Most).Select(w => new MaintenanceEvent(w)),
        ];
        foreach (var span in spans)
        {
            var from = span.FromUtc > history.FromUtc ? span.FromUtc : history.FromUtc;
            var to = span.UntilUtc < history.ToUtc ? span.UntilUtc.Value : history.ToUtc;
            if (from < to)
            {
                events.AddRange(await ReportedAsync(db, span.LoggerId, from, to, cancellationToken));
                events.AddRange(await SwitchedAsync(db, span.LoggerId, from, to, cancellationToken));
                events.AddRange(Contradicted(span.LoggerId, from, to));
            }
        }

        return [.. events.OrderByDescending(e => e.FromUtc).ThenByDescending(e => e.UntilUtc)];
    }

    /// <summary>Gaps and what came late; what several channels share is one event.</summary>
    private static IEnumerable<PointEvent> Measured(RangeHistory history)
    {
        var channels = history.Channels.Select(c => (History: c, Channel: new PointChannel(c.Channel, c.Type))).ToList();
        var gaps =
            from one in channels
            from gap in one.History.Gaps
            group one.Channel by (Gap: gap, IsOver: gap.ToMs < one.History.Statistics.Range.ToMs) into shared
            let gap = shared.Key.Gap
            orderby gap.FromMs descending
            select new GapEvent(At(gap.FromMs), At(gap.ToMs), gap.Cause, [.. shared]) { IsOver = shared.Key.IsOver };
        var late =
            from one in channels
            from stretch in one.History.Late
            group one.Channel by stretch into shared
            orderby shared.Key.FromMs descending
            select new LateEvent(At(shared.Key.FromMs), At(shared.Key.ToMs), [.. shared]);
        return [.. gaps.Take(Most), .. late.Take(Most)];
    }

    /// <summary>Values of one time that contradict each other, by key; a sensor that says nothing contradicts nothing.</summary>
    private List<PointEvent> Contradicted(int loggerId, DateTimeOffset from, DateTimeOffset to)
    {
        using var connection = readings.OpenReader();
        using var rows = new SqliteStatement(
            connection,
            $"""
            SELECT c.measured_at, s.id, c.value
            FROM series s CROSS JOIN reading_conflict c ON c.series_id = s.id AND c.measured_at >= ?2 AND c.measured_at < ?3
            WHERE s.logger_id = ?1 AND c.value IS NOT NULL AND c.status = {(int)ReadingStatus.Valid} AND NOT c.flags & {(int)ReadingFlags.ErrorCode}
            ORDER BY c.measured_at DESC LIMIT {Most}
            """);
        List<(long Ms, SeriesEntry Series, double Value)> found = [];
        rows.Bind(1, loggerId).Bind(2, from.ToUnixTimeMilliseconds()).Bind(3, to.ToUnixTimeMilliseconds());
        while (rows.Read())
        {
            if (series.Find((int)rows.GetInt64(1)) is { } its)
            {
                found.Add((rows.GetInt64(0), its, rows.GetDouble(2)!.Value));
            }
        }

        return [.. found.GroupBy(f => (f.Ms, f.Series)).Select(g => new ConflictEvent(
            At(g.Key.Ms), [.. g.Select(f => f.Value)], [new PointChannel(g.Key.Series.Channel, g.Key.Series.Type)]))];
    }

    /// <summary>What the logger said of itself otherwise than before; a promise alone is nothing to look at.</summary>
    private static async Task<IEnumerable<PointEvent>> ReportedAsync(PortalDbContext db, int loggerId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var changes = await db.LoggerChanges.AsNoTracking().Where(c => c.LoggerId == loggerId && c.MeasuredAt < toMs)
            .OrderByDescending(c => c.MeasuredAt).Take(Most + 1).ToListAsync(cancellationToken);
        return changes.Zip(changes.Skip(1)).Where(pair => pair.First.MeasuredAt >= fromMs).SelectMany(pair => Between(pair.Second, pair.First));
    }

    private static IEnumerable<PointEvent> Between(LoggerChange before, LoggerChange after)
    {
        if (after.BatteryLow is { } isLow && (before.BatteryLow ?? false) != isLow)
        {
            yield return new BatteryEvent(At(after.MeasuredAt), isLow);
        }

        if (after.IntervalSeconds > 0 && before.IntervalSeconds > 0 && after.IntervalSeconds != before.IntervalSeconds)
        {
            yield return new IntervalEvent(At(after.MeasuredAt), before.IntervalSeconds, after.IntervalSeconds);
        }
    }

    private static async Task<IEnumerable<PointEvent>> SwitchedAsync(PortalDbContext db, int loggerId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var switched = await db.SynchroniseChanges.AsNoTracking().Where(c => c.LoggerId == loggerId && c.AtUtc >= from && c.AtUtc < to)
            .OrderByDescending(c => c.AtUtc).ThenByDescending(c => c.Id).Take(Most).ToListAsync(cancellationToken);
        return switched.Select(c => new SynchroniseEvent(c.AtUtc, c.Synchronise));
    }

    /// <summary>The audit trail holds what was decided about the point. Names of locations may be of such that somebody limited does not see.</summary>
    private static async Task<IEnumerable<PointEvent>> DecidedAsync(PortalDbContext db, SiteScope scope, int pointId, RangeHistory history, CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (history.FromUtc.ToUnixTimeMilliseconds(), history.ToUtc.ToUnixTimeMilliseconds());
        var (begin, end) = PointDecisions.SubjectsOf(pointId);
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(e => string.Compare(e.Subject, begin) >= 0 && string.Compare(e.Subject, end) < 0 && e.AtMs >= fromMs && e.AtMs < toMs && Decisions.Keys.Contains(e.Action))
            .OrderByDescending(e => e.Id).Take(Most).ToListAsync(cancellationToken);
        return entries.Select(e => Decided(e, isPlaceTold: !scope.IsLimited));
    }

    private static DecisionEvent Decided(AuditEntry entry, bool isPlaceTold)
    {
        var decision = Decisions[entry.Action];
        var isTold = decision is PointDecision.Renamed || (decision is PointDecision.Placed && isPlaceTold);
        return new DecisionEvent(At(entry.AtMs), decision, entry.Actor, isTold ? entry.Old : null, isTold ? entry.New : null);
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
