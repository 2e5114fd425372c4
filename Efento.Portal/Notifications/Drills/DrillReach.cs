using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Channels;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Drills;

/// <summary>Whom the messages of a drill reach, and who can confirm them.</summary>
internal sealed class DrillReach(IDbContextFactory<PortalDbContext> database, NotificationDirectory directory, PublicAddress address)
{
    /// <summary>Whether messages through a channel have a link with which their reader confirms.</summary>
    public bool HasLink(string channel) =>
        address.Now is not null
        && directory.Book.Channels.GetValueOrDefault(channel)?.Row.Kind
            is ChannelKind.Email or ChannelKind.Ntfy or ChannelKind.Sms or ChannelKind.Push;

    /// <summary>Whether nothing is to be sent any more, and everybody has confirmed who can.</summary>
    public async Task<bool> IsCompleteAsync(int drillId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var all = await db.Deliveries.AsNoTracking().Where(d => d.DrillId == drillId).ToListAsync(cancellationToken);
        var confirmed = (await db.DrillConfirmations.AsNoTracking().Where(c => c.DrillId == drillId).ToListAsync(cancellationToken))
            .Select(c => new Target(c.Channel, c.Address)).ToHashSet();
        return all.All(d => !d.IsOpen)
            && all.Where(d => HasLink(d.Channel) && d.State is not DeliveryState.Ended)
                .All(d => confirmed.Contains(new Target(d.Channel, d.Address)));
    }
}
