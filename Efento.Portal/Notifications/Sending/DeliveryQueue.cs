using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Telling;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Sending;

/// <summary>The deliveries that are due, and what became of them. Each step is a transaction.</summary>
internal sealed class DeliveryQueue(
    IDbContextFactory<PortalDbContext> database, WriteGate gate, HealthNotes health, LiveFeed feed, TimeProvider time)
{
    /// <summary>The most letters of an answer that are kept.</summary>
    private const int MostLetters = 1000;

    /// <summary>Makes everything due at once that an earlier process attempted in vain, or whose fate it did not learn.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await Waiting(db).AnyAsync(cancellationToken))
        {
            return;
        }

        var now = time.GetUtcNow();
        await gate.WriteAsync(
            writing => Waiting(writing).ExecuteUpdateAsync(set => set.SetProperty(d => d.NextUtc, now), cancellationToken),
            cancellationToken);
    }

    /// <summary>The channels for which something is due, and when the next delivery is that is not due yet; null if none waits.</summary>
    public async Task<(IReadOnlyList<string> Channels, DateTimeOffset? NextUtc)> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var due = await Ready(db, now).Select(d => d.Channel).Distinct().ToListAsync(cancellationToken);
        var next = await Open(db).Where(d => d.NextUtc > now).MinAsync(d => (DateTimeOffset?)d.NextUtc, cancellationToken);
        var resumed = await db.ChannelHealths.Where(h => h.OffUtc == null && h.PausedUntilUtc > now)
            .MinAsync(h => h.PausedUntilUtc, cancellationToken);
        return (due, next < resumed ? next : resumed ?? next);
    }

    /// <summary>What waits for a channel that is off has failed once it waited for days: nobody is told of it so late.</summary>
    public async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await GivenUp(db, now).AnyAsync(cancellationToken))
        {
            await gate.WriteAsync(writing => GiveUpAsync(writing, now, cancellationToken), cancellationToken);
            feed.Publish(new LiveKey(LiveTopic.Delivery));
        }
    }

    /// <summary>The same, within a transaction.</summary>
    public static Task GiveUpAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        GivenUp(db, now).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Failed).SetProperty(d => d.DoneUtc, now), cancellationToken);

    /// <summary>
    /// Takes deliveries of a channel that are due, and notes the attempt. Whoever is to be told again is queued again.
    /// </summary>
    /// <param name="channel">The key of the channel.</param>
    /// <param name="most">The most deliveries.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<List<Delivery>> ClaimAsync(string channel, int most, CancellationToken cancellationToken) => gate.WriteAsync(
        async db =>
        {
            var now = time.GetUtcNow();
            var due = await Ready(db, now).Where(d => d.Channel == channel)
                .OrderBy(d => d.DueUtc).ThenBy(d => d.Id).Take(most).ToListAsync(cancellationToken);
            due.ForEach(delivery => Begin(db, delivery, now));
            return due;
        },
        cancellationToken);

    /// <summary>Notes what became of an attempt.</summary>
    public async Task MarkAsync(Delivery delivery, SendResult result, CancellationToken cancellationToken)
    {
        await gate.WriteAsync(
            async db =>
            {
                var its = await db.Deliveries.SingleAsync(d => d.Id == delivery.Id, cancellationToken);
                its.Answer = result.Answer.Length > MostLetters ? result.Answer[..MostLetters] : result.Answer;
                await MarkAsync(db, its, result.Outcome, cancellationToken);
                return await health.TakeAsync(db, its.Channel, result, cancellationToken);
            },
            health.Committed, cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Delivery, delivery.AlarmId));
    }

    /// <summary>Ends a delivery that must not be sent.</summary>
    public Task EndAsync(Delivery delivery, DeliveryEnd reason, CancellationToken cancellationToken) => ChangeAsync(
        delivery,
        (_, its) =>
        {
            its.EndFor(reason, time.GetUtcNow());
            return Task.CompletedTask;
        },
        cancellationToken);

    private async Task ChangeAsync(Delivery delivery, Func<PortalDbContext, Delivery, Task> change, CancellationToken cancellationToken)
    {
        await gate.WriteAsync(
            async db => await change(db, await db.Deliveries.SingleAsync(d => d.Id == delivery.Id, cancellationToken)), cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Delivery, delivery.AlarmId));
    }

    private async Task MarkAsync(PortalDbContext db, Delivery its, SendOutcome outcome, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (outcome is SendOutcome.Accepted)
        {
            (its.State, its.DoneUtc) = (DeliveryState.Accepted, now);
        }
        else if (outcome is SendOutcome.Refused || now - its.DueUtc >= BackOff.GivesUpAfter)
        {
            (its.State, its.DoneUtc) = (DeliveryState.Failed, now);
        }
        else if (await IsReplacedAsync(db, its, cancellationToken))
        {
            its.EndFor(DeliveryEnd.Replaced, now);
        }
        else
        {
            its.State = DeliveryState.Queued;
            its.NextUtc = now + BackOff.After(its.Attempts, Random.Shared.NextDouble());
        }
    }

    /// <summary>Whether a message that says the same and more was queued while this one was attempted.</summary>
    private static Task<bool> IsReplacedAsync(PortalDbContext db, Delivery its, CancellationToken cancellationToken) =>
        Open(db).AnyAsync(
            d => d.Id > its.Id && d.AlarmId == its.AlarmId && d.Channel == its.Channel && d.Address == its.Address
                && (d.Event == DeliveryEvent.Rose || d.Event == DeliveryEvent.Ended || d.Event == DeliveryEvent.Withdrawn),
            cancellationToken);

    private static void Begin(PortalDbContext db, Delivery delivery, DateTimeOffset now)
    {
        (delivery.State, delivery.AttemptedUtc) = (DeliveryState.Sent, now);
        delivery.Attempts++;
        if (delivery.RepeatMs is { } every)
        {
            db.Deliveries.Add(Again(delivery, every, now));
            delivery.RepeatMs = null;
        }
    }

    /// <summary>The next time, counted from when it was due; what a stop of the portal missed is not made up for.</summary>
    private static Delivery Again(Delivery delivery, long every, DateTimeOffset now)
    {
        var periods = ((long)(now - delivery.DueUtc).TotalMilliseconds / every) + 1;
        var dueUtc = delivery.DueUtc.AddMilliseconds(periods * every);
        return new()
        {
            Key = AlarmTelling.NewKey(),
            AlarmId = delivery.AlarmId,
            Event = DeliveryEvent.Repeated,
            Channel = delivery.Channel,
            Address = delivery.Address,
            Chain = delivery.Chain,
            QueuedUtc = now,
            DueUtc = dueUtc,
            NextUtc = dueUtc,
            RepeatMs = every,
        };
    }

    /// <summary>
    /// What can be sent now: of each alarm and recipient the first one alone that is not done, so that they are told in order.
    /// </summary>
    private static IQueryable<Delivery> Ready(PortalDbContext db, DateTimeOffset now)
    {
        var due = Open(db).Where(d => d.DueUtc <= now);
        var resting = db.ChannelHealths.Where(h => h.OffUtc != null || h.PausedUntilUtc > now).Select(h => h.Key);
        return due.Where(d => d.NextUtc <= now && !resting.Contains(d.Channel) && !due.Any(before =>
            before.AlarmId == d.AlarmId && before.Channel == d.Channel && before.Address == d.Address
            && (before.DueUtc < d.DueUtc || (before.DueUtc == d.DueUtc && before.Id < d.Id))));
    }

    private static IQueryable<Delivery> Open(PortalDbContext db) =>
        db.Deliveries.Where(d => d.State == DeliveryState.Queued || d.State == DeliveryState.Sent);

    private static IQueryable<Delivery> GivenUp(PortalDbContext db, DateTimeOffset now)
    {
        var overdue = now - BackOff.GivesUpAfter;
        var off = db.ChannelHealths.Where(h => h.OffUtc != null).Select(h => h.Key);
        return Open(db).Where(d => d.DueUtc <= overdue && off.Contains(d.Channel));
    }

    private static IQueryable<Delivery> Waiting(PortalDbContext db) => Open(db).Where(d => d.Attempts > 0);
}
