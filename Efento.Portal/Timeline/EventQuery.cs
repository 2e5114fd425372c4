using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Timeline;

/// <summary>
/// Reads what happened at a measuring point in a range of time. It takes gaps and late readings from the history, which the page has read
/// already, and everything else from the database.
/// </summary>
internal sealed class EventQuery(
    IDbContextFactory<PortalDbContext> database, IReadingStore readings, SeriesDirectory series, NoteQuery notes,
    MaintenanceLog maintenance)
{
    /// <summary>The most events of a kind; the newest are kept.</summary>
    public const int Most = 200;

    /// <summary>The actions of the audit trail that are decisions about a point.</summary>
    private static readonly Dictionary<string, PointDecision> Decisions = new()
    {
        [PointNaming.Renamed] = PointDecision.Renamed,
        [PointPlacement.Placed] = PointDecision.Placed,
        [Retirement.PointRetired] = PointDecision.Retired,
        [Retirement.PointBroughtBack] = PointDecision.BroughtBack,
    };

    /// <summary>The events of a point in the range of a history, newest first; none if the user may not see the point.</summary>
    /// <param name="point">The measuring point, within the scope of the user.</param>
    /// <param name="history">The history of the point, within the same scope.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<PointEvent>> ReadAsync(
        PointSpans point, RangeHistory history, CancellationToken cancellationToken = default)
    {
        if (point.All.Count == 0)
        {
            return [];
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        List<PointEvent> events =
        [
            .. Measured(history),
            .. history.Replacements.Select(r => new ReplacementEvent(r.AtUtc, r.Before, r.After)),
            .. await DecidedAsync(db, point.Scope, point.PointId, history, cancellationToken),
            .. (
                await notes.ReadAsync(point.Scope, point.PointId, history.FromUtc, history.ToUtc, Most, cancellationToken)).Select(n =>
                    new NoteEvent(n)),
            .. (
                await maintenance.ReadBetweenAsync(history.FromUtc, history.ToUtc, cancellationToken)).TakeLast(Most).Select(w =>
                    new MaintenanceEvent(w)),
        ];
        foreach (var span in point.All)
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

    /// <summary>Gaps and late readings. Those that several channels share are one event.</summary>
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

    /// <summary>Values of one time that contradict each other. A reading without value contradicts nothing.</summary>
    private List<PointEvent> Contradicted(int loggerId, DateTimeOffset from, DateTimeOffset to)
    {
        List<(long Ms, SeriesEntry Series, double Value)> found = [];
        foreach (
            var (seriesId, atMs, value) in readings.ReadConflicts(
                loggerId, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), Most))
        {
            if (series.Find(seriesId) is { } its)
            {
                found.Add((atMs, its, value));
            }
        }

        return [.. found.GroupBy(f => (f.Ms, f.Series)).Select(g => new ConflictEvent(
            At(g.Key.Ms), [.. g.Select(f => f.Value)], [new PointChannel(g.Key.Series.Channel, g.Key.Series.Type)]))];
    }

    /// <summary>Changes of what the logger reports about itself. A change of its promise alone is not shown.</summary>
    private static async Task<IEnumerable<PointEvent>> ReportedAsync(
        PortalDbContext db, int loggerId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var changes = await db.LoggerChanges.AsNoTracking().Where(c => c.LoggerId == loggerId && c.MeasuredAt < toMs)
            .OrderByDescending(c => c.MeasuredAt).Take(Most + 1).ToListAsync(cancellationToken);
        return changes.Zip(changes.Skip(1))
            .Where(pair => pair.First.MeasuredAt >= fromMs)
            .SelectMany(pair => Between(pair.Second, pair.First));
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

    private static async Task<IEnumerable<PointEvent>> SwitchedAsync(
        PortalDbContext db, int loggerId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var switched = await db.SynchroniseChanges.AsNoTracking().Where(c => c.LoggerId == loggerId && c.AtUtc >= from && c.AtUtc < to)
            .OrderByDescending(c => c.AtUtc).ThenByDescending(c => c.Id).Take(Most).ToListAsync(cancellationToken);
        return switched.Select(c => new SynchroniseEvent(c.AtUtc, c.Synchronise));
    }

    /// <summary>
    /// Decisions about the point, from the audit trail. A limited user gets no names of locations, because they may not be allowed to see
    /// them.
    /// </summary>
    private static async Task<IEnumerable<PointEvent>> DecidedAsync(
        PortalDbContext db, SiteScope scope, int pointId, RangeHistory history, CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (history.FromUtc.ToUnixTimeMilliseconds(), history.ToUtc.ToUnixTimeMilliseconds());
        var (begin, end) = PointDecisions.SubjectsOf(pointId);
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(e => StoredText.LiesIn(e.Subject, begin, end) && e.AtMs >= fromMs && e.AtMs < toMs && Decisions.Keys.Contains(e.Action))
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
