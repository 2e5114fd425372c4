using Efento.Portal.Access.Audit;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Watching;

/// <summary>Finds out how the site stands, as far as somebody may see it.</summary>
internal sealed class WatchReporter(
    IDbContextFactory<PortalDbContext> database, LoggerQuery loggers, AlarmQuery alarms, IFailingChannels channels,
    MaintenanceMode maintenance, TimeProvider time)
{
    /// <summary>The most alarms that are listed. The others are counted.</summary>
    public const int MostAlarms = 20;

    private static readonly AlarmFilter Unanswered = new() { IsOpen = true };

    /// <summary>How it stands now.</summary>
    public async Task<WatchReport> ReadAsync(SiteScope scope, CancellationToken cancellationToken)
    {
        var all = await loggers.ListAsync(scope, cancellationToken: cancellationToken);
        var head = await HeadAsync(cancellationToken);
        return new()
        {
            Points = PointsOf(all),
            Alarms = await alarms.ListFoldedAsync(scope, Unanswered, AlarmOrder.WorstFirst, null, MostAlarms, cancellationToken),
            AlarmCount = await alarms.CountFoldedAsync(scope, Unanswered, cancellationToken),
            Oldest = OldestOf(all),
            Failing = [.. channels.Failing.Select(c => (c.Key, c.SinceUtc.ToUnixTimeMilliseconds()))],
            AuditCount = head?.Id ?? 0,
            AuditHead = head is null ? "" : Convert.ToHexStringLower(head.Hash),
        };
    }

    private async Task<AuditEntry?> HeadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AuditEntries.AsNoTracking().OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private IReadOnlyList<(WatchedState State, int Count)> PointsOf(IEnumerable<LoggerOverview> all)
    {
        var (window, now) = (maintenance.Current, time.GetUtcNow());
        return [.. all.CountBy(l => StateOf(LoggerState.Of(l, window), now)).OrderBy(g => g.Key).Select(g => (g.Key, g.Value))];
    }

    private static (string Point, long MeasuredMs)? OldestOf(IEnumerable<LoggerOverview> all) =>
        all.Where(l => l is { Synchronise: true, Contact: not null }).MinBy(l => l.Contact!.MeasuredAtUtc) is { } oldest
            ? (oldest.PointName, oldest.Contact!.MeasuredAtUtc.ToUnixTimeMilliseconds())
            : null;

    private static WatchedState StateOf(LoggerState state, DateTimeOffset now) => state.Alert switch
    {
        LoggerAlert.Critical => WatchedState.Critical,
        LoggerAlert.Warning => WatchedState.Warning,
        LoggerAlert.Alarm => WatchedState.Alarm,
        LoggerAlert.SensorError => WatchedState.SensorError,
        _ => StateOf(state.At(now)),
    };

    private static WatchedState StateOf(LoggerCondition condition) => condition switch
    {
        LoggerCondition.Silent or LoggerCondition.Never => WatchedState.Silent,
        LoggerCondition.Late => WatchedState.Late,
        LoggerCondition.InMaintenance or LoggerCondition.Unsynchronised => WatchedState.Paused,
        _ => WatchedState.OnTime,
    };
}
