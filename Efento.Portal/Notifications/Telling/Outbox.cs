using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Telling;

/// <summary>Writes who is to be told of alarms, in the transaction of the alarms themselves. Without a channel it does nothing.</summary>
internal sealed class Outbox(
    NotificationDirectory directory, Audience audience, LocationDirectory locations, DispatcherBell bell, TimeProvider time)
    : IAlarmFollower
{
    /// <summary>What is told. All the rest of an alarm's life is nobody's news.</summary>
    private static readonly HashSet<AlarmEventKind> Told =
    [
        AlarmEventKind.Raised, AlarmEventKind.Rose, AlarmEventKind.Ended, AlarmEventKind.EndMoved, AlarmEventKind.Withdrawn,
        AlarmEventKind.Explained, AlarmEventKind.Unexplained, AlarmEventKind.Acknowledged, AlarmEventKind.TakenOn,
        AlarmEventKind.HandedOver, AlarmEventKind.Closed,
    ];

    /// <summary>Whether a transaction has written something since the last commit, so that the dispatcher has to look.</summary>
    private bool _hasWritten;

    /// <inheritdoc/>
    public async Task TakeAsync(PortalDbContext db, IReadOnlyCollection<AlarmStep> steps, CancellationToken cancellationToken)
    {
        var book = directory.Book;
        var byAlarm = book.IsEmpty ? [] : steps.Where(s => Told.Contains(s.Event.Kind)).GroupBy(s => s.Alarm).ToList();
        if (byAlarm.Count == 0)
        {
            return;
        }

        var ids = byAlarm.Select(g => g.Key.Id).ToList();
        var known = (await db.Deliveries.Where(d => ids.Contains(d.AlarmId)).OrderBy(d => d.Id).ToListAsync(cancellationToken))
            .ToLookup(d => d.AlarmId);
        var places = await PlacesAsync(db, byAlarm.Select(g => g.Key), cancellationToken);
        var accounts = await Audience.AccountsAsync(db, cancellationToken);
        var now = time.GetUtcNow();
        await PutOffAsync(db, byAlarm, now, cancellationToken);
        foreach (var its in byAlarm)
        {
            List<AlarmEvent> events = [.. its.Select(s => s.Event)];
            var course = await CourseOfAsync(db, its.Key, events, now, cancellationToken);
            var whom = await AudienceOfAsync(db, book, accounts, its.Key, places, course, cancellationToken);
            var told = known[its.Key.Id].Where(d => d.Event is not DeliveryEvent.Cleared).ToList();
            var telling = new AlarmTelling(
                its.Key, whom, told, now, course, LateReadings.SettlesUtc(its.Key, events, now));
            telling.Take(events);
            db.Deliveries.AddRange(telling.Made);
            db.Deliveries.AddRange(RetainedMessages.Clear(its.Key, [.. known[its.Key.Id], .. telling.Made], book, time.GetUtcNow()));
        }

        Volatile.Write(ref _hasWritten, true);
    }

    /// <inheritdoc/>
    public void Committed()
    {
        if (Interlocked.Exchange(ref _hasWritten, false))
        {
            bell.Ring();
        }
    }

    private static Task PutOffAsync(
        PortalDbContext db, IEnumerable<IGrouping<Alarm, AlarmStep>> byAlarm, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var points = byAlarm.Where(g => g.Key.IsFoundAfterwards).Select(g => g.Key.PointId).Distinct().ToList();
        return points.Count > 0 ? LateReadings.PutOffAsync(db, points, now, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>How often an alarm of the same kind, there, has begun within the hour.</summary>
    private static async Task<Course> CourseOfAsync(
        PortalDbContext db, Alarm alarm, IEnumerable<AlarmEvent> events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (alarm.CauseId is not null || !alarm.IsActive || events.All(e => e.Kind is not AlarmEventKind.Raised))
        {
            return Course.Usual;
        }

        var since = (now - Flapping.Within).ToUnixTimeMilliseconds();
        return Flapping.Of(await db.Alarms.CountAsync(
            a => a.PointId == alarm.PointId && a.GatewayId == alarm.GatewayId && a.Kind == alarm.Kind && a.Type == alarm.Type
                && a.Channel == alarm.Channel && a.RaisedMs > since && a.WithdrawnUtc == null && !a.IsFoundAfterwards,
            cancellationToken));
    }

    private async Task<IReadOnlyList<Appointment>> AudienceOfAsync(
        PortalDbContext db, NotificationBook book, IReadOnlyDictionary<string, User> accounts, Alarm alarm,
        Dictionary<int, int?> places, Course course, CancellationToken cancellationToken)
    {
        var location = alarm.PointId is { } point ? places.GetValueOrDefault(point) : null;
        var waitMs = course is Course.Flaps ? (long)Flapping.LastsOf(alarm.Level).TotalMilliseconds : 0;
        var wanted = Appointments.Of(book, alarm.Level, location, locations.Tree, time.GetUtcNow(), waitMs);
        List<Appointment> all = [];
        foreach (var its in OtherChannels.Only(alarm, book.ChainsFor(alarm.Level, location, locations.Tree), book, [.. wanted]))
        {
            if (await audience.MayHearAsync(db, accounts, its.Target.Address, alarm, cancellationToken))
            {
                all.Add(its);
            }
        }

        return all;
    }

    private static async Task<Dictionary<int, int?>> PlacesAsync(
        PortalDbContext db, IEnumerable<Alarm> alarms, CancellationToken cancellationToken)
    {
        var points = alarms.Select(a => a.PointId).OfType<int>().Distinct().ToList();
        return await db.MeasuringPoints.Where(p => points.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.LocationId, cancellationToken);
    }
}
