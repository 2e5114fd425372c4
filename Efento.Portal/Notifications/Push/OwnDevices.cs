using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Push;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Push;

/// <summary>Lets users choose the devices on which they are told of alarms.</summary>
internal sealed class OwnDevices(
    IDbContextFactory<PortalDbContext> database, WriteGate gate, AuditTrail audit, NotificationDirectory directory, PushKeys keys,
    PushDevices devices, PushPost post, TestMessages messages, DeviceTestLimit limit, LiveFeed feed, TimeProvider time)
{
    /// <summary>Whether there is a channel through which devices are told.</summary>
    public bool IsOffered => Channel is not null;

    private ChannelSettings? Channel =>
        directory.Book.Channels.Values.OrderBy(c => c.Row.Id).Select(c => c.Settings).FirstOrDefault(s => s?.Kind is ChannelKind.Push);

    /// <summary>The key with which browsers subscribe.</summary>
    public async Task<string> PublicKeyAsync(CancellationToken cancellationToken = default) =>
        (await keys.GetAsync(cancellationToken)).Public;

    /// <summary>The devices of an account, the oldest first.</summary>
    public async Task<IReadOnlyList<OwnDevice>> ListAsync(int userId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.PushDevices.AsNoTracking().Where(d => d.UserId == userId).OrderBy(d => d.Id)
            .Select(d => new OwnDevice(d.Id, d.Name, d.Endpoint, d.MadeUtc, d.SucceededUtc)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Adds a device, or takes what has changed about one. A browser that somebody else used before is told nothing of theirs any more.
    /// </summary>
    /// <param name="actor">The user.</param>
    /// <param name="device">The device.</param>
    /// <param name="before">Where its push service took messages for it before, if it is one that was off for a while; null if not.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<DeviceOutcome> AddAsync(
        Actor actor, NewDevice device, string? before = null, CancellationToken cancellationToken = default)
    {
        if (!device.IsValid)
        {
            return DeviceOutcome.NotValid;
        }

        var outcome = await gate.WriteAsync(
            async db => before is not null && await RenewAsync(db, actor, before, device, cancellationToken) is DeviceOutcome.Done
                ? DeviceOutcome.Done
                : await AddAsync(db, actor, device, cancellationToken),
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Device));
        return outcome;
    }

    /// <summary>
    /// Takes the new address of a device of the user, whose push service has renewed its subscription. Its name stays.
    /// </summary>
    /// <param name="actor">The user.</param>
    /// <param name="before">Where its push service took messages for it before.</param>
    /// <param name="now">The device as it is now; its name does not matter.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<DeviceOutcome> RenewAsync(
        Actor actor, string before, NewDevice now, CancellationToken cancellationToken = default)
    {
        var outcome = await gate.WriteAsync(db => RenewAsync(db, actor, before, now, cancellationToken), cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Device));
        return outcome;
    }

    /// <summary>Removes a device of the user.</summary>
    public async Task<DeviceOutcome> RemoveAsync(Actor actor, int id, CancellationToken cancellationToken = default)
    {
        var outcome = await gate.WriteAsync(
            async db =>
            {
                if (await OwnAsync(db, actor, id, cancellationToken) is not { } device)
                {
                    return DeviceOutcome.Gone;
                }

                db.PushDevices.Remove(device);
                await audit.AddAsync(db, actor, new AuditNote(PushAudit.Removed, actor.Name, Old: device.Name), cancellationToken);
                return DeviceOutcome.Done;
            },
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Device));
        return outcome;
    }

    /// <summary>Sends a test message to a device of the user.</summary>
    /// <returns>Whether it was sent, and what became of it then.</returns>
    public async Task<DeviceTest> TestAsync(Actor actor, int id, CancellationToken cancellationToken = default)
    {
        if (!limit.MayTest(actor.UserId!.Value))
        {
            return new(DeviceOutcome.TooOften, null);
        }

        if (Channel is not { } channel || await NoteTestAsync(actor, id, cancellationToken) is not { } device)
        {
            return new(DeviceOutcome.Gone, null);
        }

        var route = await devices.RouteAsync(device, cancellationToken);
        var message = messages.Write(actor, actor.Name) with { Path = "account" };
        var (result, fate) = await post.SendAsync(channel, route, route.Devices[0], message, cancellationToken);
        await devices.NoteAsync(new Dictionary<int, PushFate> { [id] = fate }, CancellationToken.None);
        return new(DeviceOutcome.Done, result);
    }

    private async Task<DeviceOutcome> AddAsync(PortalDbContext db, Actor actor, NewDevice device, CancellationToken cancellationToken)
    {
        var owner = actor.UserId!.Value;
        var row = await db.PushDevices.SingleOrDefaultAsync(d => d.Endpoint == device.Endpoint, cancellationToken);
        if (row?.UserId != owner
            && await db.PushDevices.CountAsync(d => d.UserId == owner, cancellationToken) >= PushDevice.MostOfAnAccount)
        {
            return DeviceOutcome.TooMany;
        }

        if (row is null)
        {
            row = new()
            {
                UserId = owner,
                Name = device.Name,
                Endpoint = device.Endpoint!,
                P256dh = device.P256dh!,
                Auth = device.Auth!,
                MadeUtc = time.GetUtcNow(),
            };
            db.PushDevices.Add(row);
        }

        (row.UserId, row.Name, row.P256dh, row.Auth) = (owner, device.Name, device.P256dh!, device.Auth!);
        await audit.AddAsync(db, actor, new AuditNote(PushAudit.Added, actor.Name, New: device.Name), cancellationToken);
        return DeviceOutcome.Done;
    }

    private async Task<DeviceOutcome> RenewAsync(
        PortalDbContext db, Actor actor, string before, NewDevice now, CancellationToken cancellationToken)
    {
        var both = await db.PushDevices.Where(d => d.Endpoint == before || d.Endpoint == now.Endpoint).ToListAsync(cancellationToken);
        var (row, other) = (both.Find(d => d.Endpoint == before), both.Find(d => d.Endpoint != before));
        if (row?.UserId != actor.UserId || (other is not null && other.UserId != actor.UserId))
        {
            return DeviceOutcome.Gone;
        }

        var device = now with { Name = row!.Name };
        if (!device.IsValid)
        {
            return DeviceOutcome.NotValid;
        }

        if (other is not null)
        {
            // A page was faster and has added it anew.
            db.PushDevices.Remove(other);
            await db.SaveChangesAsync(cancellationToken);
        }

        (row.Endpoint, row.P256dh, row.Auth) = (device.Endpoint!, device.P256dh!, device.Auth!);
        await audit.AddAsync(db, actor, new AuditNote(PushAudit.Renewed, actor.Name, New: device.Name), cancellationToken);
        return DeviceOutcome.Done;
    }

    /// <summary>Notes that it is tested, before anything leaves the portal.</summary>
    private Task<PushDevice?> NoteTestAsync(Actor actor, int id, CancellationToken cancellationToken) => gate.WriteAsync(
        async db =>
        {
            var device = await OwnAsync(db, actor, id, cancellationToken);
            if (device is not null)
            {
                device.TestedUtc = time.GetUtcNow();
                await audit.AddAsync(db, actor, new AuditNote(PushAudit.Tested, actor.Name, New: device.Name), cancellationToken);
            }

            return device;
        },
        cancellationToken);

    private static Task<PushDevice?> OwnAsync(PortalDbContext db, Actor actor, int id, CancellationToken cancellationToken) =>
        db.PushDevices.SingleOrDefaultAsync(d => d.Id == id && d.UserId == actor.UserId, cancellationToken);
}

/// <summary>A device as its owner sees it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Endpoint">Where its push service takes messages for it: by it, a browser finds itself in the list.</param>
/// <param name="MadeUtc">When it was added.</param>
/// <param name="SucceededUtc">When its push service last took a message; null if it never did.</param>
public sealed record OwnDevice(int Id, string Name, string Endpoint, DateTimeOffset MadeUtc, DateTimeOffset? SucceededUtc);

/// <summary>What came of a test of a device.</summary>
/// <param name="Outcome">Whether the test was sent, or why not.</param>
/// <param name="Result">What its push service answered; null if it was not sent.</param>
internal sealed record DeviceTest(DeviceOutcome Outcome, SendResult? Result);

/// <summary>What came of a change of a device.</summary>
internal enum DeviceOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>What the browser sent is no device that could be told.</summary>
    NotValid,

    /// <summary>The account has as many as it may have.</summary>
    TooMany,

    /// <summary>The device is not there any more.</summary>
    Gone,

    /// <summary>The account has sent as many tests as it may for now.</summary>
    TooOften,
}
