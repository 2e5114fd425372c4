using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Telling;

/// <summary>
/// Alarms of readings that arrive late. They are told when the readings have come to rest: the next message of the gateway may show their
/// end, or that there was none.
/// </summary>
internal static class LateReadings
{
    /// <summary>How long nothing late has to arrive, and nothing to change.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    /// <summary>What was queued so long ago waits for no rest.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Readings that are older when they arrive are late.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>What was over for so long when it was found is nobody's emergency: it is told in a digest.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromHours(24);

    /// <summary>Until when the telling of what happened to an alarm waits; null if it does not.</summary>
    public static DateTimeOffset? SettlesUtc(Alarm alarm, IReadOnlyCollection<AlarmEvent> events, DateTimeOffset now) =>
        alarm.IsFoundAfterwards || (IsOfReadings(alarm) && events.Any(e => IsLate(alarm, e.Kind, now))) ? now + Rest : null;

    /// <summary>
    /// Whether a delivery waits until late readings have come to rest. A critical alarm that goes on does not.
    /// </summary>
    public static bool WaitsForRest(Alarm alarm, Delivery delivery) =>
        alarm is not { IsActive: true, LevelNow: AlarmLevel.Critical }
        && (alarm.IsFoundAfterwards || (IsOfReadings(alarm) && IsLate(alarm, delivery)));

    /// <summary>Whether an alarm was over for long when it was found.</summary>
    public static bool IsPast(Alarm alarm) =>
        IsOfReadings(alarm) && alarm is { IsFoundAfterwards: true, EndedMs: { } endedMs }
        && DateTimeOffset.FromUnixTimeMilliseconds(alarm.RaisedMs) - DateTimeOffset.FromUnixTimeMilliseconds(endedMs) > Past;

    /// <summary>Whether what was measured then (Unix ms) is late if it arrives now.</summary>
    public static bool IsLate(long ms, DateTimeOffset now) => now - DateTimeOffset.FromUnixTimeMilliseconds(ms) > Late;

    /// <summary>Lets the others that were found at the same points wait as long, so that they are told together.</summary>
    public static Task PutOffAsync(
        PortalDbContext db, IReadOnlyCollection<int?> points, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (until, since) = (now + Rest, now + Rest - LongestWait);
        return db.Deliveries
            .Where(d => d.State == DeliveryState.Queued && d.BegunUtc == null && d.QueuedUtc >= since)
            .Where(d => d.NextUtc > now && d.NextUtc < until)
            .Where(d => db.Alarms.Any(a => a.Id == d.AlarmId && a.IsFoundAfterwards && points.Contains(a.PointId)))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextUtc, until), cancellationToken);
    }

    private static bool IsLate(Alarm alarm, Delivery delivery) =>
        delivery.IsAnnouncement ? IsLate(alarm.CompletedMs, delivery.QueuedUtc)
        : delivery.Event is DeliveryEvent.Ended && alarm.EndedMs is { } endedMs && IsLate(endedMs, delivery.QueuedUtc);

    private static bool IsLate(Alarm alarm, AlarmEventKind kind, DateTimeOffset now) => kind switch
    {
        AlarmEventKind.Raised => IsLate(alarm.CompletedMs, now),
        AlarmEventKind.Ended or AlarmEventKind.EndMoved => alarm.EndedMs is { } endedMs && IsLate(endedMs, now),
        _ => false,
    };

    private static bool IsOfReadings(Alarm alarm) =>
        alarm.Kind is RuleKind.Limits or RuleKind.Rate or RuleKind.State or RuleKind.SensorError;
}
