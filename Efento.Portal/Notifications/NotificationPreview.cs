using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Notifications.Telling;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications;

/// <summary>Says who would be told of an alarm that is raised at a time, by what applies now.</summary>
internal sealed class NotificationPreview(
    IDbContextFactory<PortalDbContext> database, NotificationDirectory directory, LocationDirectory locations, PeopleDirectory people)
{
    /// <summary>Who would be told, in the order of time.</summary>
    /// <param name="level">The level of the alarm.</param>
    /// <param name="locationId">The location of its measuring point; null if it is at none, or about a gateway or the portal.</param>
    /// <param name="at">When it is raised.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<PreviewedCall>> ForAsync(
        AlarmLevel level, int? locationId, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var accounts = await Audience.AccountsAsync(db, cancellationToken);
        var owners = await PushOwners.ReadAsync(db, accounts, cancellationToken);
        var book = directory.Book;
        return
        [
            .. from appointment in Appointments.Of(book, level, locationId, locations.Tree, at)
               let due = at.AddMilliseconds(appointment.AfterMs)
               orderby due
               select new PreviewedCall(
                   appointment.AfterMs,
                   appointment.Target.Channel,
                   appointment.Target.Address,
                   appointment.Rota,
                   level < AlarmLevel.Critical ? QuietUntil(book, accounts, appointment.Target.Address, due) : null,
                   MayHear(accounts, appointment.Target.Address, locationId),
                   book.Channels.GetValueOrDefault(appointment.Target.Channel)?.Row.Kind is not ChannelKind.Push
                       || owners.Contains(appointment.Target.Address!)),
        ];
    }

    private DateTimeOffset? QuietUntil(
        NotificationBook book, IReadOnlyDictionary<string, User> accounts, string? address, DateTimeOffset at) =>
        address is not null && book.People.GetValueOrDefault(address) is { Quiet: { } quiet } person
            ? quiet.UntilAt(at, Reader.Of(person, people.PreferencesOf(accounts.GetValueOrDefault(address)?.Id), people.Site).Zone)
            : null;

    private bool MayHear(IReadOnlyDictionary<string, User> accounts, string? address, int? locationId) =>
        address is null
        || !accounts.TryGetValue(address, out var account)
        || (account.DisabledUtc is null && SiteScope.Of(LocationLimit.Parse(account.Locations), locations).SeesLocation(locationId));
}

/// <summary>Somebody who would be told.</summary>
/// <param name="AfterMs">How long after the alarm was raised, in ms.</param>
/// <param name="Channel">The key of the channel.</param>
/// <param name="Address">The e-mail address; null where the channel itself is told.</param>
/// <param name="Rota">The rota because of which it is they; null if the chain names them.</param>
/// <param name="HeldUntilUtc">Until when quiet hours hold it back; null if nothing does.</param>
/// <param name="MayHear">Whether their account lets them see it; if not, they are not told.</param>
/// <param name="IsReached">Whether they have a device, where the channel leads to devices; if not, they are not told through it.</param>
public sealed record PreviewedCall(
    long AfterMs, string Channel, string? Address, string? Rota, DateTimeOffset? HeldUntilUtc, bool MayHear, bool IsReached);
