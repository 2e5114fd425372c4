using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Health;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Sending;

/// <summary>The deliveries that are due, and what became of them. Each step is a transaction.</summary>
internal sealed class DeliveryQueue(
    IDbContextFactory<PortalDbContext> database, WriteGate gate, NotificationDirectory directory, DeliveryHolds holds, HealthNotes health,
    NotificationMeter meter, LiveFeed feed, TimeProvider time)
{
    /// <summary>The most letters of an answer that are kept.</summary>
    private const int MostLetters = 1000;

    /// <summary>The most deliveries that are gathered at a time.</summary>
    private const int MostGathered = 1000;

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
        var due = await DeliveryRows.Ready(db, now).Select(d => d.Channel).Distinct().ToListAsync(cancellationToken);
        var next = await DeliveryRows.Open(db).Where(d => d.NextUtc > now).MinAsync(d => (DateTimeOffset?)d.NextUtc, cancellationToken);
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
    /// Takes what is due of a channel, and notes the attempt. What has to wait for quiet hours, a snooze or the end of gathering is put
    /// off. Whoever is to be told again is queued again.
    /// </summary>
    /// <param name="channel">The key of the channel.</param>
    /// <param name="most">The most messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The deliveries of each message.</returns>
    public Task<IReadOnlyList<IReadOnlyList<Delivery>>> ClaimAsync(string channel, int most, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async db =>
            {
                var now = time.GetUtcNow();
                var due = await HeldBackAsync(db, channel, now, cancellationToken);
                var ofAlarms = due.FindAll(d => d.IsOfAlarm);
                var messages = IsGathered(channel)
                    ? await GatherAsync(db, channel, ofAlarms, now, cancellationToken)
                    : EachAlone(ofAlarms);

                // Alarms come first, and are never said together with anything else.
                IReadOnlyList<IReadOnlyList<Delivery>> taken = [.. messages.Concat(EachAlone(due.FindAll(d => !d.IsOfAlarm))).Take(most)];
                foreach (var message in taken)
                {
                    Begin(db, message, now);
                }

                return taken;
            },
            cancellationToken);

    /// <summary>Notes what became of an attempt.</summary>
    /// <param name="deliveries">What the message said.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task MarkAsync(IReadOnlyCollection<Delivery> deliveries, SendResult result, CancellationToken cancellationToken)
    {
        // All of a message come again at the same time.
        var chance = Random.Shared.NextDouble();
        var ids = deliveries.Select(d => d.Id).ToList();
        await gate.WriteAsync(
            async db =>
            {
                var all = await db.Deliveries.Where(d => ids.Contains(d.Id)).ToListAsync(cancellationToken);
                foreach (var its in all)
                {
                    its.Answer = result.Answer.Length > MostLetters ? result.Answer[..MostLetters] : result.Answer;
                    await MarkAsync(db, its, result.Outcome, chance, cancellationToken);
                }

                if (result.Outcome is SendOutcome.NoDevice)
                {
                    await NextSteps.ComeForwardAsync(db, all, time.GetUtcNow(), cancellationToken);
                }

                return (Health: await health.TakeAsync(db, all[0].Channel, result, cancellationToken), Became: all);
            },
            written =>
            {
                health.Committed(written.Health);
                written.Became.ForEach(its => meter.Became(its.Channel, its.State));
            },
            cancellationToken);
        Tell(deliveries);
    }

    /// <summary>Ends a delivery that must not be sent.</summary>
    public async Task EndAsync(Delivery delivery, DeliveryEnd reason, CancellationToken cancellationToken)
    {
        await ChangeAsync(
            [delivery],
            (_, its) =>
            {
                its.EndFor(reason, time.GetUtcNow());
                return Task.CompletedTask;
            },
            cancellationToken);
        meter.Became(delivery.Channel, DeliveryState.Ended);
    }

    /// <summary>What is due and need not wait; what has to is put off.</summary>
    private async Task<List<Delivery>> HeldBackAsync(
        PortalDbContext db, string channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await DueOfAsync(db, channel, now, cancellationToken);
        if (DutyChange.Apply(db, directory.Book, due, now))
        {
            // Whoever is on duty now is told with the others.
            await db.SaveChangesAsync(cancellationToken);
            due = await DueOfAsync(db, channel, now, cancellationToken);
        }

        var until = await holds.OfAsync(db, due, now, cancellationToken);
        foreach (var (delivery, atUtc) in until)
        {
            delivery.NextUtc = atUtc;
        }

        return due.FindAll(d => !until.ContainsKey(d));
    }

    private static Task<List<Delivery>> DueOfAsync(
        PortalDbContext db, string channel, DateTimeOffset now, CancellationToken cancellationToken) =>
        DeliveryRows.Ready(db, now).Where(d => d.Channel == channel)
            .OrderBy(d => d.AlarmId == Delivery.NoAlarm).ThenBy(d => d.DueUtc).ThenBy(d => d.Id)
            .Take(MostGathered).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<IReadOnlyList<Delivery>>> GatherAsync(
        PortalDbContext db, string channel, List<Delivery> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Gathering.Window;
        var recent = await db.Deliveries.AsNoTracking().Where(d => d.Channel == channel && d.BegunUtc > since)
            .Where(d => d.AlarmId != Delivery.NoAlarm).ToListAsync(cancellationToken);
        var gathering = new Gathering(due, recent, now).Run();
        foreach (var (delivery, until) in gathering.Held)
        {
            delivery.NextUtc = until;
        }

        return gathering.Messages;
    }

    private static IReadOnlyList<IReadOnlyList<Delivery>> EachAlone(IEnumerable<Delivery> deliveries) =>
        [.. deliveries.Select(d => (IReadOnlyList<Delivery>)[d])];

    /// <summary>Whether people read a channel. Programs take each event by itself.</summary>
    private bool IsGathered(string channel) =>
        directory.Book.Channels.GetValueOrDefault(channel)?.Row.Kind is not (null or ChannelKind.Webhook or ChannelKind.Mqtt);

    private async Task ChangeAsync(
        IReadOnlyCollection<Delivery> deliveries, Func<PortalDbContext, Delivery, Task> change, CancellationToken cancellationToken)
    {
        var ids = deliveries.Select(d => d.Id).ToList();
        await gate.WriteAsync(
            async db =>
            {
                foreach (var its in await db.Deliveries.Where(d => ids.Contains(d.Id)).ToListAsync(cancellationToken))
                {
                    await change(db, its);
                }
            },
            cancellationToken);
        Tell(deliveries);
    }

    private void Tell(IEnumerable<Delivery> deliveries)
    {
        foreach (var alarm in deliveries.Select(d => d.AlarmId).Distinct())
        {
            feed.Publish(new LiveKey(LiveTopic.Delivery, alarm));
        }
    }

    private async Task MarkAsync(
        PortalDbContext db, Delivery its, SendOutcome outcome, double chance, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (outcome is SendOutcome.Accepted)
        {
            (its.State, its.DoneUtc) = (DeliveryState.Accepted, now);
        }
        else if (outcome is SendOutcome.NoDevice)
        {
            its.EndFor(DeliveryEnd.NoDevice, now);
        }
        else if (outcome is SendOutcome.Refused || now - its.DueUtc >= BackOff.GivesUpAfter)
        {
            (its.State, its.DoneUtc) = (DeliveryState.Failed, now);
        }
        else if (await DeliveryRows.IsReplacedAsync(db, its, cancellationToken))
        {
            its.EndFor(DeliveryEnd.Replaced, now);
        }
        else
        {
            its.State = DeliveryState.Queued;
            its.NextUtc = now + BackOff.After(its.Attempts, chance);
        }
    }

    private static void Begin(PortalDbContext db, IReadOnlyList<Delivery> message, DateTimeOffset now)
    {
        foreach (var delivery in message)
        {
            (delivery.State, delivery.AttemptedUtc, delivery.BegunUtc) = (DeliveryState.Sent, now, delivery.BegunUtc ?? now);
            delivery.CarrierId = delivery == message[0] ? null : message[0].Id;
            delivery.Attempts++;
            if (delivery.RepeatMs is { } every)
            {
                db.Deliveries.Add(DeliveryRows.Again(delivery, every, now));
                delivery.RepeatMs = null;
            }
        }
    }

    private static IQueryable<Delivery> GivenUp(PortalDbContext db, DateTimeOffset now)
    {
        var overdue = now - BackOff.GivesUpAfter;
        var off = db.ChannelHealths.Where(h => h.OffUtc != null).Select(h => h.Key);
        return DeliveryRows.Open(db).Where(d => d.DueUtc <= overdue && off.Contains(d.Channel));
    }

    private static IQueryable<Delivery> Waiting(PortalDbContext db) => DeliveryRows.Open(db).Where(d => d.Attempts > 0);
}
