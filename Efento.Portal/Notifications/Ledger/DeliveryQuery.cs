using Efento.Portal.Alarms.Lists;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Watching;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Ledger;

/// <summary>Reads who was told of alarms, for pages and programs: of the alarms that somebody may see.</summary>
internal sealed class DeliveryQuery(IDbContextFactory<PortalDbContext> database, AlarmQuery alarms)
{
    /// <summary>Deliveries in the order of the times at which they were due, the last one first.</summary>
    /// <param name="scope">What somebody may see.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="before">The last delivery of the page before; null for the first page.</param>
    /// <param name="limit">The most deliveries.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<DeliveryLine>> ListAsync(
        SiteScope scope, DeliveryFilter filter, DeliveryPosition? before, int limit, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var all = Filtered(db, scope, filter);
        if (before is { DueUtc: var due, Id: var id })
        {
            all = all.Where(d => d.DueUtc < due || (d.DueUtc == due && d.Id < id));
        }

        var rows = await all.OrderByDescending(d => d.DueUtc).ThenByDescending(d => d.Id)
            .Take(limit).AsNoTracking().ToListAsync(cancellationToken);
        return await LinesAsync(scope, rows, cancellationToken);
    }

    /// <summary>Deliveries in the order in which they were queued, so that whoever reads page by page misses none.</summary>
    /// <param name="scope">What somebody may see.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="after">The last delivery of the page before; 0 for the first page.</param>
    /// <param name="limit">The most deliveries.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<DeliveryLine>> ListByIdAsync(
        SiteScope scope, DeliveryFilter filter, long after, int limit, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await Filtered(db, scope, filter).Where(d => d.Id > after)
            .OrderBy(d => d.Id).Take(limit).AsNoTracking().ToListAsync(cancellationToken);
        return await LinesAsync(scope, rows, cancellationToken);
    }

    /// <summary>The deliveries about an alarm in the order in which they were due.</summary>
    public async Task<IReadOnlyList<Delivery>> OfAlarmAsync(SiteScope scope, int alarmId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Filtered(db, scope, new() { AlarmId = alarmId })
            .OrderBy(d => d.DueUtc).ThenBy(d => d.Id).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>The deliveries of the last daily mail. They are about the whole site.</summary>
    public async Task<IReadOnlyList<Delivery>> LastMailAsync(SiteScope scope, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return scope.IsLimited ? [] : await WatchMails.LastAsync(db, cancellationToken);
    }

    /// <summary>The channels and the addresses that deliveries name.</summary>
    public async Task<DeliveryNames> NamesAsync(SiteScope scope, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var all = Filtered(db, scope, new());
        var channels = await all.Select(d => d.Channel).Distinct().ToListAsync(cancellationToken);
        var people = await all.Where(d => d.Address != null).Select(d => d.Address!).Distinct().ToListAsync(cancellationToken);
        return new([.. channels.Order(StringComparer.Ordinal)], [.. people.Order(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>How many deliveries wait for each channel, whose time has come.</summary>
    public async Task<IReadOnlyDictionary<string, int>> WaitingAsync(
        SiteScope scope, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Filtered(db, scope, new()).Where(d => d.DueUtc <= now)
            .Where(d => d.State == DeliveryState.Queued || d.State == DeliveryState.Sent)
            .GroupBy(d => d.Channel).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
    }

    private IQueryable<Delivery> Filtered(PortalDbContext db, SiteScope scope, DeliveryFilter filter)
    {
        IQueryable<Delivery> all = db.Deliveries;
        if (scope.IsLimited)
        {
            var visible = alarms.Visible(scope, db);
            all = all.Where(d => visible.Any(a => a.Id == d.AlarmId));
        }

        all = filter.State is { } state ? all.Where(d => d.State == state) : all;
        all = filter.Channel is { } channel ? all.Where(d => d.Channel == channel) : all;
        all = filter.Person is { } person ? all.Where(d => d.Address == person) : all;
        all = filter.AlarmId is { } alarm ? all.Where(d => d.AlarmId == alarm) : all;
        all = filter.FromUtc is { } from ? all.Where(d => d.DueUtc >= from) : all;
        return filter.ToUtc is { } to ? all.Where(d => d.DueUtc < to) : all;
    }

    private async Task<IReadOnlyList<DeliveryLine>> LinesAsync(
        SiteScope scope, IReadOnlyCollection<Delivery> rows, CancellationToken cancellationToken)
    {
        var byId = await alarms.LinesOfAsync(scope, [.. rows.Select(d => d.AlarmId).Distinct()], cancellationToken);
        var seen = rows.Where(d => !d.IsOfAlarm || byId.ContainsKey(d.AlarmId));
        return [.. seen.Select(d => new DeliveryLine(d, byId.GetValueOrDefault(d.AlarmId)))];
    }
}

/// <summary>What deliveries name.</summary>
/// <param name="Channels">The keys of channels.</param>
/// <param name="People">The addresses of people.</param>
public sealed record DeliveryNames(IReadOnlyList<string> Channels, IReadOnlyList<string> People);
