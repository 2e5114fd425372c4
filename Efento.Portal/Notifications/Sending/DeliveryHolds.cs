using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Telling;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Sending;

/// <summary>
/// Finds what must not be sent yet: warnings within the quiet hours of a person, announcements of alarms that are snoozed, and what late
/// readings tell while more of them arrive. Neither quiet hours nor late readings hold back a critical alarm that goes on.
/// </summary>
internal sealed class DeliveryHolds(NotificationDirectory directory, PeopleDirectory people, BackFills backFills)
{
    /// <summary>Those that wait, and until when.</summary>
    public async Task<IReadOnlyDictionary<Delivery, DateTimeOffset>> OfAsync(
        PortalDbContext db, IReadOnlyCollection<Delivery> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fresh = due.Where(d => d.BegunUtc is null).ToList();
        if (fresh.Count == 0)
        {
            return new Dictionary<Delivery, DateTimeOffset>();
        }

        var ids = fresh.Select(d => d.AlarmId).Distinct().ToList();
        var alarms = await db.Alarms.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        var accounts = fresh.Exists(d => IsQuietPerson(d.Address)) ? await Audience.AccountsAsync(db, cancellationToken) : null;
        return fresh.Where(d => alarms.ContainsKey(d.AlarmId))
            .Select(d => (Delivery: d, Until: UntilOf(d, alarms[d.AlarmId], accounts, now)))
            .Where(d => d.Until > now).ToDictionary(d => d.Delivery, d => d.Until!.Value);
    }

    private DateTimeOffset? UntilOf(Delivery its, Alarm alarm, IReadOnlyDictionary<string, User>? accounts, DateTimeOffset now)
    {
        var snooze = its.IsAnnouncement && alarm.IsActive ? alarm.SnoozedUntilUtc : null;
        var quiet = alarm.Level < AlarmLevel.Critical && accounts is not null && IsQuietPerson(its.Address)
            ? QuietUntil(its.Address!, accounts, now)
            : null;
        return new[] { snooze, quiet, RestUntil(its, alarm, now) }.Max();
    }

    /// <summary>Until when it waits for late readings; no delivery waits for them for ever.</summary>
    private DateTimeOffset? RestUntil(Delivery its, Alarm alarm, DateTimeOffset now)
    {
        var latest = its.QueuedUtc + LateReadings.LongestWait;
        return !LateReadings.WaitsForRest(alarm, its) || backFills.RestUtc(alarm.LoggerId, now) is not { } rest ? null
            : rest < latest ? rest : latest;
    }

    private DateTimeOffset? QuietUntil(string address, IReadOnlyDictionary<string, User> accounts, DateTimeOffset now)
    {
        var person = directory.Book.People[address];
        var zone = Reader.Of(person, people.PreferencesOf(accounts.GetValueOrDefault(address)?.Id), people.Site).Zone;
        return person.Quiet?.UntilAt(now, zone);
    }

    private bool IsQuietPerson(string? address) =>
        address is not null && directory.Book.People.GetValueOrDefault(address)?.Quiet is not null;
}
