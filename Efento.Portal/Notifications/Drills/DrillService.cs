using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Notifications.Telling;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Drills;

/// <summary>
/// Starts drills and ends them. What a drill sends are deliveries of no alarm: no alarm, wall or list of alarms knows of it.
/// </summary>
internal sealed class DrillService(
    WriteGate gate, AuditTrail audit, DrillCalls calls, DrillReach reach, DrillBoard board, DispatcherBell bell, LiveFeed feed,
    TimeProvider time)
{
    /// <summary>How long people have to confirm after the last step.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>What stands in place of a chain if nobody chose one.</summary>
    private const string NoChain = "drill";

    /// <summary>Starts a drill.</summary>
    public async Task<DrillOutcome> StartAsync(Actor actor, DrillWish wish, CancellationToken cancellationToken = default)
    {
        var (outcome, drill) = await gate.WriteAsync(db => StartAsync(db, actor, wish, cancellationToken), cancellationToken);
        Committed(drill);
        return outcome;
    }

    /// <summary>Ends a drill by hand.</summary>
    /// <returns>Whether it was ended by this; false if it was over.</returns>
    public async Task<bool> EndAsync(Actor actor, int drillId, CancellationToken cancellationToken = default)
    {
        var drill = await gate.WriteAsync(db => EndAsync(db, actor, drillId, cancellationToken), cancellationToken);
        Committed(drill);
        return drill is not null;
    }

    /// <summary>Ends the drill that is over: its time has come, or everybody has confirmed who can.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (board.On is not { } on)
        {
            return;
        }

        var isOver = on.EndsUtc <= time.GetUtcNow() || await reach.IsCompleteAsync(on.Id, cancellationToken);
        if (isOver)
        {
            Committed(await gate.WriteAsync(db => EndAsync(db, Actor.Portal, on.Id, cancellationToken), cancellationToken));
        }
    }

    private async Task<(DrillOutcome Outcome, Drill? Drill)> StartAsync(
        PortalDbContext db, Actor actor, DrillWish wish, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await db.Drills.AnyAsync(d => d.EndedUtc == null, cancellationToken))
        {
            return (new(DrillFault.AlreadyOn), null);
        }

        if (await calls.FindAsync(db, wish, now, cancellationToken) is not { } audience)
        {
            return (new(DrillFault.Gone), null);
        }

        if (audience.Calls.Count == 0)
        {
            return (new(DrillFault.Nobody), null);
        }

        var drill = DrillOf(actor, wish, audience, now);
        db.Drills.Add(drill);
        await db.SaveChangesAsync(cancellationToken);
        db.Deliveries.AddRange(audience.Calls.Select(call => DeliveryOf(drill, call, now)));
        await audit.AddAsync(db, actor, new AuditNote(DrillAudit.Started, drill.Name, New: InWords(drill, audience)), cancellationToken);
        return (new(null, drill.Id), drill);
    }

    private static Drill DrillOf(Actor actor, DrillWish wish, DrillAudience audience, DateTimeOffset now) => new()
    {
        StartedUtc = now,
        StartedBy = actor.Name,
        Chain = wish.Chain,
        Level = audience.Level,
        Point = audience.Point,
        IsAtOnce = wish.IsAtOnce,
        EndsUtc = now.AddMilliseconds(wish.IsAtOnce ? 0 : audience.Calls.Max(c => c.AfterMs)) + Patience,
    };

    private static Delivery DeliveryOf(Drill drill, Appointment call, DateTimeOffset now)
    {
        var dueUtc = now.AddMilliseconds(drill.IsAtOnce ? 0 : call.AfterMs);
        return new()
        {
            Key = AlarmTelling.NewKey(),
            AlarmId = Delivery.NoAlarm,
            DrillId = drill.Id,
            Event = DeliveryEvent.Drill,
            Channel = call.Target.Channel,
            Address = call.Target.Address,
            Chain = drill.Chain is null ? NoChain : call.Chain,
            Rota = call.Rota,
            QueuedUtc = now,
            DueUtc = dueUtc,
            NextUtc = dueUtc,
        };
    }

    private static string InWords(Drill drill, DrillAudience audience)
    {
        var whom = drill.Chain is { } chain ? $"chain {chain}" : $"as for an alarm, {audience.Level}, {audience.Point ?? "no point"}";
        return $"{whom}; {(drill.IsAtOnce ? "all at once" : "with the times of the steps")}; messages: {audience.Calls.Count}";
    }

    /// <returns>The drill as it is now; null if it was over.</returns>
    private async Task<Drill?> EndAsync(PortalDbContext db, Actor actor, int drillId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await db.Drills.SingleOrDefaultAsync(d => d.Id == drillId && d.EndedUtc == null, cancellationToken) is not { } drill)
        {
            return null;
        }

        (drill.EndedUtc, drill.EndedBy) = (now, actor.Kind is ActorKind.Portal ? null : actor.Name);
        var waiting = db.Deliveries.Where(d => d.DrillId == drillId && d.State == DeliveryState.Queued);
        foreach (var delivery in await waiting.ToListAsync(cancellationToken))
        {
            delivery.EndFor(DeliveryEnd.Over, now);
        }

        var confirmed = await db.DrillConfirmations.CountAsync(c => c.DrillId == drillId, cancellationToken);
        await audit.AddAsync(db, actor, new AuditNote(DrillAudit.Ended, drill.Name, New: $"confirmations: {confirmed}"), cancellationToken);
        return drill;
    }

    private void Committed(Drill? drill)
    {
        if (drill is not null)
        {
            board.Put(drill);
            feed.Publish(new LiveKey(LiveTopic.Delivery));
            feed.Publish(new LiveKey(LiveTopic.Notifications));
            bell.Ring();
        }
    }
}
