using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Maintenance;

/// <summary>
/// The 503 mode: while a window is on, gateways keep their measurements and come back later. Windows begin and end by themselves, even if
/// the portal is off at that time. No two windows overlap.
/// </summary>
public sealed class MaintenanceMode(
    WriteGate gate, IDbContextFactory<PortalDbContext> database, AuditTrail audit, LiveFeed feed, TimeProvider time) : IDisposable
{
    private readonly MaintenanceCalendar _calendar = new(feed, time);

    // Memory is updated in the order of the commits.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>When the portal was started.</summary>
    public DateTimeOffset StartedUtc { get; private set; }

    /// <summary>The window that is on now; null if none is.</summary>
    public MaintenanceWindow? Current => _calendar.Current;

    /// <summary>The planned windows, the next first.</summary>
    public IReadOnlyList<MaintenanceWindow> Planned => _calendar.Planned;

    /// <summary>The next window, if it begins within the hour; null otherwise.</summary>
    public MaintenanceWindow? Announced => _calendar.Announced;

    /// <summary>
    /// Turns it on for <paramref name="duration"/>. If it is already on, its end and reason change; nothing changes if
    /// <paramref name="mayChange"/> is false.
    /// </summary>
    public Task<MaintenanceOutcome> StartAsync(
        Actor actor, TimeSpan duration, string reason, bool mayChange = true, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async (db, ahead, now) =>
            {
                var current = ahead.Find(w => w.Covers(now));
                if (current is not null && !mayChange)
                {
                    return new MaintenanceOutcome(MaintenanceFault.Changed, current);
                }

                // An absurd duration is rejected as too long, instead of overflowing the calendar.
                var until = duration > TimeSpan.FromDays(MaintenanceWindow.MostDays + 1) ? DateTimeOffset.MaxValue : now + duration;
                return FaultOf(now, current?.FromUtc ?? now, until, reason) ?? OverlapOf(ahead, current, now, until)
                    ?? await (
                        current is null
                            ? AddAsync(db, ahead, actor, "maintenance turned on", now, until, reason)
                            : ChangeAsync(db, actor, current, current.FromUtc, until, reason));
            },
            cancellationToken);

    /// <summary>Plans a window.</summary>
    public Task<MaintenanceOutcome> PlanAsync(
        Actor actor, DateTimeOffset fromUtc, DateTimeOffset untilUtc, string reason, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async (db, ahead, now) =>
                FaultOf(now, fromUtc, untilUtc, reason)
                ?? (fromUtc <= now ? new MaintenanceOutcome(MaintenanceFault.Begin) : OverlapOf(ahead, null, fromUtc, untilUtc))
                ?? await AddAsync(db, ahead, actor, "maintenance planned", fromUtc, untilUtc, reason),
            cancellationToken);

    /// <summary>
    /// Changes a window that is planned or on, unless somebody changed it in the meantime. The begin of one that is on stays.
    /// </summary>
    public Task<MaintenanceOutcome> ChangeAsync(
        Actor actor, MaintenanceWindow seen, DateTimeOffset fromUtc, DateTimeOffset untilUtc, string reason,
        CancellationToken cancellationToken = default) =>
        WriteAsync(
            async (db, ahead, now) =>
            {
                if (ahead.Find(w => w.Id == seen.Id) is not { } window || !window.IsAs(seen))
                {
                    return new MaintenanceOutcome(MaintenanceFault.Changed, ahead.Find(w => w.Id == seen.Id));
                }

                var isOn = window.Covers(now);
                var from = isOn ? window.FromUtc : fromUtc;
                return FaultOf(now, from, untilUtc, reason)
                    ?? (!isOn && from <= now ? new MaintenanceOutcome(MaintenanceFault.Begin) : OverlapOf(ahead, window, from, untilUtc))
                    ?? await ChangeAsync(db, actor, window, from, untilUtc, reason);
            },
            cancellationToken);

    /// <summary>
    /// Ends the window that is on. If <paramref name="seen"/> is given, it must be that window, unchanged in the meantime.
    /// </summary>
    public Task<MaintenanceOutcome> EndAsync(Actor actor, MaintenanceWindow? seen = null, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async (db, ahead, now) => ahead.Find(w => w.Covers(now)) switch
            {
                null => new MaintenanceOutcome(MaintenanceFault.Off),
                var window when seen is not null && !window.IsAs(seen) => new MaintenanceOutcome(MaintenanceFault.Changed, window),
                var window => await EndAsync(db, actor, window, now, "maintenance ended"),
            },
            cancellationToken);

    /// <summary>Cancels a window that has not begun, unless somebody changed it in the meantime.</summary>
    public Task<MaintenanceOutcome> CancelAsync(Actor actor, MaintenanceWindow seen, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async (db, ahead, now) =>
            {
                var window = ahead.Find(w => w.Id == seen.Id);
                return window is null || window.Covers(now) || !window.IsAs(seen)
                    ? new MaintenanceOutcome(MaintenanceFault.Changed, window)
                    : await EndAsync(db, actor, window, window.FromUtc, "planned maintenance cancelled");
            },
            cancellationToken);

    /// <summary>Loads the current and planned windows from the database at the start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        StartedUtc = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        _calendar.Set(await Ahead(db.MaintenanceWindows.AsNoTracking(), time.GetUtcNow()).ToListAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _calendar.Dispose();
        _turn.Dispose();
    }

    private async Task<MaintenanceOutcome> WriteAsync(
        Func<PortalDbContext, List<MaintenanceWindow>, DateTimeOffset, Task<MaintenanceOutcome>> change,
        CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = Kept(time.GetUtcNow());
            List<MaintenanceWindow> ahead = [];
            var outcome = await gate.WriteAsync(
                async db =>
                {
                    ahead = await Ahead(db.MaintenanceWindows, now).ToListAsync(cancellationToken);
                    return await change(db, ahead, now);
                },
                cancellationToken);
            if (outcome.IsDone)
            {
                _calendar.Set(ahead.Where(w => w.UntilUtc > now && !w.IsCancelled));
            }

            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Rounds to the stored precision, a millisecond, so that memory holds what a restart would load.</summary>
    private static DateTimeOffset Kept(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    private static IQueryable<MaintenanceWindow> Ahead(IQueryable<MaintenanceWindow> windows, DateTimeOffset now) =>
        windows.Where(w => w.UntilUtc > now && w.UntilUtc > w.FromUtc);

    private static MaintenanceOutcome? FaultOf(DateTimeOffset now, DateTimeOffset fromUtc, DateTimeOffset untilUtc, string reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > MaintenanceWindow.MaxReasonLength || reason.Any(char.IsControl)
            ? new(MaintenanceFault.Reason)
        : untilUtc <= fromUtc || untilUtc <= now ? new(MaintenanceFault.End)
        : untilUtc - fromUtc > TimeSpan.FromDays(MaintenanceWindow.MostDays) ? new(MaintenanceFault.Length)
        : null;

    private static MaintenanceOutcome? OverlapOf(
        List<MaintenanceWindow> ahead, MaintenanceWindow? itself, DateTimeOffset fromUtc, DateTimeOffset untilUtc) =>
        ahead.Find(w => w != itself && w.FromUtc < untilUtc && fromUtc < w.UntilUtc) is { } other
            ? new(MaintenanceFault.Overlap, other)
            : null;

    private async Task<MaintenanceOutcome> AddAsync(
        PortalDbContext db, List<MaintenanceWindow> ahead, Actor actor, string action, DateTimeOffset fromUtc, DateTimeOffset untilUtc,
        string reason)
    {
        var window = new MaintenanceWindow
        {
            Reason = reason.Trim(),
            FromUtc = Kept(fromUtc),
            UntilUtc = Kept(untilUtc),
            PlannedUntilUtc = Kept(untilUtc),
            CreatedBy = actor.Name,
        };
        db.MaintenanceWindows.Add(window);
        await db.SaveChangesAsync();
        ahead.Add(window);
        await audit.AddAsync(db, actor, new AuditNote(action, SubjectOf(window), null, InWords(window), window.Reason));
        return new MaintenanceOutcome(null, window);
    }

    private async Task<MaintenanceOutcome> ChangeAsync(
        PortalDbContext db, Actor actor, MaintenanceWindow window, DateTimeOffset fromUtc, DateTimeOffset untilUtc, string reason)
    {
        var old = InWords(window);
        (window.FromUtc, window.UntilUtc, window.Reason) = (Kept(fromUtc), Kept(untilUtc), reason.Trim());
        window.PlannedUntilUtc = window.UntilUtc;
        await audit.AddAsync(db, actor, new AuditNote("maintenance changed", SubjectOf(window), old, InWords(window), window.Reason));
        return new MaintenanceOutcome(null, window);
    }

    private async Task<MaintenanceOutcome> EndAsync(
        PortalDbContext db, Actor actor, MaintenanceWindow window, DateTimeOffset untilUtc, string action)
    {
        var old = InWords(window);
        window.PlannedUntilUtc ??= window.UntilUtc;
        (window.UntilUtc, window.EndedBy) = (untilUtc, actor.Name);
        await audit.AddAsync(
            db, actor, new AuditNote(action, SubjectOf(window), old, window.IsCancelled ? "cancelled" : InWords(window), window.Reason));
        return new MaintenanceOutcome(null, window);
    }

    private static string SubjectOf(MaintenanceWindow window) => $"maintenance {window.Id}";

    private static string InWords(MaintenanceWindow window) =>
        FormattableString.Invariant($"{window.FromUtc:yyyy-MM-dd HH:mm:ss} to {window.UntilUtc:yyyy-MM-dd HH:mm:ss} UTC: {window.Reason}");
}
