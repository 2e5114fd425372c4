using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.People;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications;

/// <summary>Finds out who may be told of an alarm: people are told what their account may see, and nothing once it is disabled.</summary>
internal sealed class Audience(AlarmNames names, LocationDirectory locations)
{
    /// <summary>The accounts by their addresses, in which case does not count.</summary>
    public static async Task<IReadOnlyDictionary<string, User>> AccountsAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        (await db.Users.AsNoTracking().Where(u => u.Email != null).ToListAsync(cancellationToken))
            .DistinctBy(u => u.Email!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(u => u.Email!, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a recipient may be told of an alarm. An administrator decided about channels and addresses without an account.
    /// </summary>
    public async Task<bool> MayHearAsync(
        PortalDbContext db, IReadOnlyDictionary<string, User> accounts, string? address, Alarm alarm,
        CancellationToken cancellationToken) =>
        address is null
        || !accounts.TryGetValue(address, out var account)
        || (account.DisabledUtc is null && await names.SeesAsync(db, ScopeOf(account), alarm, cancellationToken));

    /// <summary>
    /// Whether a recipient may acknowledge an alarm with a link. Whoever has an account must be allowed to act with it; without one,
    /// an administrator decides whom the portal tells. Chats and programs have too many readers.
    /// </summary>
    public async Task<bool> MayAnswerAsync(
        PortalDbContext db, NotificationBook book, IReadOnlyDictionary<string, User> accounts, Target target, Alarm alarm,
        CancellationToken cancellationToken) =>
        target.Address is { } address
            ? accounts.TryGetValue(address, out var account)
                ? Policies.Roles[Policies.Operate].Contains(account.Role)
                    && await MayHearAsync(db, accounts, address, alarm, cancellationToken)
                : book.People.ContainsKey(address)
            : book.Channels.GetValueOrDefault(target.Channel)?.Row.Kind is ChannelKind.Ntfy or ChannelKind.Sms;

    /// <summary>What a recipient may see.</summary>
    public SiteScope ScopeOf(IReadOnlyDictionary<string, User> accounts, Target target) =>
        accounts.TryGetValue(target.Address ?? "", out var account) ? ScopeOf(account) : SiteScope.Everything;

    private SiteScope ScopeOf(User account) => SiteScope.Of(LocationLimit.Parse(account.Locations), locations);
}
