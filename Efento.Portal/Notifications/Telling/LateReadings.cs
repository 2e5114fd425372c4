using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Telling;

/// <summary>
/// Alarms of readings that arrive late. They are told when nothing has changed about them for a while: the next message of the gateway may
/// show their end, or that there was none.
/// </summary>
internal static class LateReadings
{
    /// <summary>How long nothing has to change.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    /// <summary>Readings that are older when they arrive are late.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>Until when the telling of what happened to an alarm waits; null if it does not.</summary>
    public static DateTimeOffset? SettlesUtc(Alarm alarm, IReadOnlyCollection<AlarmEvent> events, DateTimeOffset now) =>
        alarm.IsFoundAfterwards || (IsOfReadings(alarm) && events.Any(e => IsLate(alarm, e.Kind, now))) ? now + Rest : null;

    /// <summary>Lets the others that were found at the same points wait as long, so that they are told together.</summary>
    public static Task PutOffAsync(
        PortalDbContext db, IReadOnlyCollection<int?> points, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + Rest;
        return db.Deliveries
            .Where(d => d.State == DeliveryState.Queued && d.BegunUtc == null && d.NextUtc > now && d.NextUtc < until)
            .Where(d => db.Alarms.Any(a => a.Id == d.AlarmId && a.IsFoundAfterwards && points.Contains(a.PointId)))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextUtc, until), cancellationToken);
    }

    private static bool IsLate(Alarm alarm, AlarmEventKind kind, DateTimeOffset now) => kind switch
    {
        AlarmEventKind.Raised => IsLate(alarm.CompletedMs, now),
        AlarmEventKind.Ended or AlarmEventKind.EndMoved => alarm.EndedMs is { } endedMs && IsLate(endedMs, now),
        _ => false,
    };

    private static bool IsLate(long ms, DateTimeOffset now) => now - DateTimeOffset.FromUnixTimeMilliseconds(ms) > Late;

    private static bool IsOfReadings(Alarm alarm) =>
        alarm.Kind is RuleKind.Limits or RuleKind.Rate or RuleKind.State or RuleKind.SensorError;
}
