using Efento.Portal.Alarms.Rules;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Lists;

/// <summary>Reads alarms for pages and programs.</summary>
internal sealed class AlarmQuery(
    IDbContextFactory<PortalDbContext> database, LocationDirectory locations, GatewayQuery gateways, LoggerDirectory loggers,
    SeriesDirectory series)
{
    /// <summary>Alarms in the order of their begins, newest first, of those that somebody may see.</summary>
    /// <param name="scope">What they may see.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="after">The last alarm of the page before; null for the first page.</param>
    /// <param name="limit">The most alarms.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<AlarmLine>> ListAsync(
        SiteScope scope, AlarmFilter filter, AlarmPosition? after, int limit, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await Filtered(db, scope, filter, after)
            .OrderByDescending(a => a.BeganMs).ThenByDescending(a => a.Id).Take(limit).AsNoTracking().ToListAsync(cancellationToken);
        return await LinesAsync(db, rows, cancellationToken);
    }

    /// <summary>Alarms in the order in which they became known, so that whoever reads page by page misses none.</summary>
    /// <param name="scope">What somebody may see.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="afterId">The last alarm of the page before; 0 for the first page.</param>
    /// <param name="limit">The most alarms.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<AlarmLine>> ListByIdAsync(
        SiteScope scope, AlarmFilter filter, int afterId, int limit, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await Filtered(db, scope, filter, null)
            .Where(a => a.Id > afterId).OrderBy(a => a.Id).Take(limit).AsNoTracking().ToListAsync(cancellationToken);
        return await LinesAsync(db, rows, cancellationToken);
    }

    /// <summary>
    /// Alarms as people read them: those that another alarm of the list explains are counted under it
    /// (<see cref="AlarmLine.Explains"/>) and listed with <see cref="AlarmFilter.CauseId"/> alone.
    /// </summary>
    /// <param name="scope">What somebody may see.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="order">The order.</param>
    /// <param name="after">The last alarm of the page before, of a list in order of time; null for the first page.</param>
    /// <param name="limit">The most alarms.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<AlarmLine>> ListFoldedAsync(
        SiteScope scope, AlarmFilter filter, AlarmOrder order, AlarmPosition? after, int limit,
        CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var all = Filtered(db, scope, filter, null);
        var rows = await Ordered(Unexplained(Filtered(db, scope, filter, after), all), order)
            .Take(limit).AsNoTracking().ToListAsync(cancellationToken);
        var ids = rows.Select(a => a.Id).ToList();
        var explained = await all.Where(a => a.CauseId != null && ids.Contains(a.CauseId.Value))
            .GroupBy(a => a.CauseId!.Value).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var lines = await LinesAsync(db, rows, cancellationToken);
        return [.. lines.Select(l => l with { Explains = explained.GetValueOrDefault(l.Alarm.Id) })];
    }

    /// <summary>How many alarms <see cref="ListFoldedAsync"/> lists.</summary>
    public async Task<int> CountFoldedAsync(SiteScope scope, AlarmFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var all = Filtered(db, scope, filter, null);
        return await Unexplained(all, all).CountAsync(cancellationToken);
    }

    /// <summary>How many alarms there are.</summary>
    public async Task<int> CountAsync(SiteScope scope, AlarmFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Filtered(db, scope, filter, null).CountAsync(cancellationToken);
    }

    /// <summary>The names of those who acknowledged alarms or are on them, of those that somebody may see.</summary>
    public async Task<IReadOnlyList<string>> PeopleAsync(SiteScope scope, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var all = Visible(scope, db);
        var names = await all.Where(a => a.AcknowledgedBy != null).Select(a => a.AcknowledgedBy!)
            .Union(all.Where(a => a.TakenBy != null).Select(a => a.TakenBy!)).ToListAsync(cancellationToken);
        return [.. names.Order(StringComparer.CurrentCulture)];
    }

    /// <summary>One alarm with its life; null if there is none, or none that they may see.</summary>
    public async Task<AlarmDetails?> FindAsync(SiteScope scope, int id, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await Visible(scope, db).AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var cause = row.CauseId ?? row.Id;
        var related = await Visible(scope, db).AsNoTracking()
            .Where(a => a.Id != id && (a.CauseId == cause || a.Id == row.CauseId || a.WithdrawnIntoId == id))
            .OrderBy(a => a.BeganMs).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        var lines = await LinesAsync(db, [row, .. related], cancellationToken);
        var events = await db.AlarmEvents.AsNoTracking().Where(e => e.AlarmId == id).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        return new AlarmDetails(lines[0], events, [.. lines.Skip(1)]);
    }

    /// <summary>These alarms by their keys, withdrawn ones as well, of those that somebody may see.</summary>
    public async Task<IReadOnlyDictionary<int, AlarmLine>> LinesOfAsync(
        SiteScope scope, IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await Visible(scope, db).AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(cancellationToken);
        return (await LinesAsync(db, rows, cancellationToken)).ToDictionary(l => l.Alarm.Id);
    }

    private static IQueryable<Alarm> Unexplained(IQueryable<Alarm> alarms, IQueryable<Alarm> all) =>
        alarms.Where(a => a.CauseId == null || !all.Any(cause => cause.Id == a.CauseId));

    private static IQueryable<Alarm> Ordered(IQueryable<Alarm> alarms, AlarmOrder order) =>
        (order is AlarmOrder.WorstFirst
            ? alarms.OrderBy(a => a.EndedMs != null).ThenByDescending(a => a.Level).ThenByDescending(a => a.BeganMs)
            : alarms.OrderByDescending(a => a.BeganMs))
        .ThenByDescending(a => a.Id);

    private IQueryable<Alarm> Filtered(PortalDbContext db, SiteScope scope, AlarmFilter filter, AlarmPosition? after)
    {
        var all = Visible(scope, db);
        all = filter.State switch
        {
            AlarmState.Active => all.Where(a => a.WithdrawnUtc == null && a.EndedMs == null),
            AlarmState.Ended => all.Where(a => a.WithdrawnUtc == null && a.EndedMs != null),
            AlarmState.Withdrawn => all.Where(a => a.WithdrawnUtc != null),
            _ => all.Where(a => a.WithdrawnUtc == null),
        };
        all = filter.IsOpen is { } isOpen ? all.Where(a => a.AcknowledgedUtc == null == isOpen) : all;
        all = filter.Level is { } level ? all.Where(a => a.Level == level) : all;
        all = filter.Kind is { } kind ? all.Where(a => a.Kind == kind) : all;
        all = filter.PointId is { } point ? all.Where(a => a.PointId == point) : all;
        all = filter.GatewayId is { } gateway ? all.Where(a => a.GatewayId == gateway) : all;
        all = filter.LocationId is { } location ? all.Where(InLocations(db, [location])) : all;
        all = filter.Person is { } person ? all.Where(a => a.AcknowledgedBy == person || a.TakenBy == person) : all;
        all = filter.CauseId is { } cause ? all.Where(a => a.CauseId == cause) : all;
        all = filter.FromMs is { } from ? all.Where(a => a.EndedMs == null || a.EndedMs > from) : all;
        all = filter.ToMs is { } to ? all.Where(a => a.BeganMs < to) : all;
        return after is null
            ? all
            : all.Where(a => a.BeganMs < after.BeganMs || (a.BeganMs == after.BeganMs && a.Id < after.Id));
    }

    /// <summary>The alarms that somebody may see, for a query of what belongs to them.</summary>
    internal IQueryable<Alarm> Visible(SiteScope scope, PortalDbContext db)
    {
        if (!scope.IsLimited)
        {
            return db.Alarms;
        }

        var seen = locations.Tree.All.Select(l => l.Id).Where(id => scope.SeesLocation(id)).ToList();
        var heard = db.Gateways.Select(g => g.Id).AsEnumerable().Where(id => gateways.Sees(scope, id)).ToList();
        return db.Alarms.Where(a =>
            (a.GatewayId != null && heard.Contains(a.GatewayId.Value))
            || db.MeasuringPoints.Any(p => p.Id == a.PointId && p.LocationId != null && seen.Contains(p.LocationId.Value)));
    }

    private System.Linq.Expressions.Expression<Func<Alarm, bool>> InLocations(PortalDbContext db, IReadOnlyCollection<int> these)
    {
        var within = locations.Tree.All.Select(l => l.Id).Where(id => locations.Tree.IsWithin(id, these)).ToList();
        return a => db.MeasuringPoints.Any(p => p.Id == a.PointId && p.LocationId != null && within.Contains(p.LocationId.Value));
    }

    private async Task<IReadOnlyList<AlarmLine>> LinesAsync(
        PortalDbContext db, IReadOnlyCollection<Alarm> alarms, CancellationToken cancellationToken)
    {
        var ruleIds = alarms.Select(a => a.RuleId).Distinct().ToList();
        var rules = await db.AlarmRules.AsNoTracking().Where(r => ruleIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        var pointIds = alarms.Select(a => a.PointId).OfType<int>().Distinct().ToList();
        var points = await db.MeasuringPoints.AsNoTracking().Where(p => pointIds.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => PointOf(p), cancellationToken);
        var names = await db.Gateways.AsNoTracking().ToDictionaryAsync(g => g.Id, g => g.Name, cancellationToken);
        return
        [
            .. alarms.Select(a => new AlarmLine(
                a,
                rules[a.RuleId],
                a.PointId is { } point ? points.GetValueOrDefault(point) : null,
                a.LoggerId is { } logger && loggers.TryGet(logger, out var entry) ? entry.Serial : null,
                a.GatewayId is { } gateway ? names.GetValueOrDefault(gateway) : null)
            {
                IsOneOfSeveral = a.Channel > 0 && a.LoggerId is { } measuring && series.Of(measuring).Count(s => s.Type.Key == a.Type) > 1,
            }),
        ];
    }

    private AlarmPoint PointOf(MeasuringPoint point) =>
        new(point.Id, point.Name, locations.Tree.Find(point.LocationId)?.Path ?? point.Place, point.LocationId);
}

/// <summary>The order of a list of alarms.</summary>
internal enum AlarmOrder
{
    /// <summary>Those that began last come first.</summary>
    NewestFirst,

    /// <summary>Those that go on come first, and of those the critical ones.</summary>
    WorstFirst,
}

/// <summary>The position of an alarm in a list.</summary>
/// <param name="BeganMs">When it began, Unix ms.</param>
/// <param name="Id">Its key.</param>
internal sealed record AlarmPosition(long BeganMs, int Id);

/// <summary>An alarm with its life.</summary>
/// <param name="Line">The alarm.</param>
/// <param name="Events">All that happened to it, in this order.</param>
/// <param name="Related">Its cause, what it explains or what has the same cause, and what was withdrawn into it.</param>
internal sealed record AlarmDetails(AlarmLine Line, IReadOnlyList<AlarmEvent> Events, IReadOnlyList<AlarmLine> Related);
