using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Channels.Push;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Push;

/// <summary>Finds the devices of people for messages, and notes what push services say of them.</summary>
internal sealed class PushDevices(
    IDbContextFactory<PortalDbContext> database, WriteGate gate, AuditTrail audit, PushKeys keys, PublicAddress address, LiveFeed feed,
    TimeProvider time) : IPushDevices
{
    private const string Gone = "its push service does not know it any more";

    /// <inheritdoc/>
    public async Task<PushRoute> RouteAsync(string address, CancellationToken cancellationToken)
    {
        // The keys first: whoever makes new ones removes the devices of the old ones.
        var own = await keys.GetAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var account = (await Audience.AccountsAsync(db, cancellationToken)).GetValueOrDefault(address);
        return new(own, Contact, account is { DisabledUtc: null } ? await OfAsync(db, account.Id, cancellationToken) : []);
    }

    /// <inheritdoc/>
    public async Task NoteAsync(IReadOnlyDictionary<int, PushFate> fates, CancellationToken cancellationToken)
    {
        var told = fates.Where(f => f.Value is not PushFate.Failed).Select(f => f.Key).ToList();
        if (told.Count == 0)
        {
            return;
        }

        await gate.WriteAsync(
            async db =>
            {
                foreach (var device in await db.PushDevices.Where(d => told.Contains(d.Id)).ToListAsync(cancellationToken))
                {
                    await NoteAsync(db, device, fates[device.Id], cancellationToken);
                }
            },
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Device));
    }

    /// <summary>A device as messages go to it.</summary>
    public static PushTarget TargetOf(PushDevice its) => new(its.Id, its.Name, its.Endpoint, its.P256dh, its.Auth);

    /// <summary>How one device is reached.</summary>
    public async Task<PushRoute> RouteAsync(PushDevice device, CancellationToken cancellationToken) =>
        new(await keys.GetAsync(cancellationToken), Contact, [TargetOf(device)]);

    /// <summary>Push services of some browsers take no message without a way to find out whose it is.</summary>
    private string? Contact => address.LinkTo("") is { } url && url.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal) ? url : null;

    private static async Task<IReadOnlyList<PushTarget>> OfAsync(PortalDbContext db, int userId, CancellationToken cancellationToken)
    {
        var all = db.PushDevices.AsNoTracking().Where(d => d.UserId == userId).OrderBy(d => d.Id);
        return [.. (await all.ToListAsync(cancellationToken)).Select(TargetOf)];
    }

    private async Task NoteAsync(PortalDbContext db, PushDevice device, PushFate fate, CancellationToken cancellationToken)
    {
        if (fate is PushFate.Accepted)
        {
            device.SucceededUtc = time.GetUtcNow();
            return;
        }

        db.PushDevices.Remove(device);
        var owner = await db.Users.Where(u => u.Id == device.UserId).Select(u => u.Email).SingleAsync(cancellationToken);
        var note = new AuditNote(PushAudit.Removed, owner ?? "", Old: device.Name, Reason: Gone);
        await audit.AddAsync(db, Actor.Portal, note, cancellationToken);
    }
}
