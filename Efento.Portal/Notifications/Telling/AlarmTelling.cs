using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Telling;

/// <summary>
/// Turns what happened to one alarm into deliveries. A pure function of the alarm, the chains that tell of it, and what was told before.
/// </summary>
/// <param name="alarm">The alarm as it is now.</param>
/// <param name="audience">Who is to be told when.</param>
/// <param name="known">The deliveries about it so far, oldest first. Those that are not needed any more are ended.</param>
/// <param name="now">The time.</param>
/// <param name="course">How often the alarm comes back.</param>
/// <param name="settlesUtc">Before when nothing is sent, because late readings still arrive; null if it is sent at once.</param>
internal sealed class AlarmTelling(
    Alarm alarm, IReadOnlyList<Appointment> audience, IReadOnlyList<Delivery> known, DateTimeOffset now, Course course = Course.Usual,
    DateTimeOffset? settlesUtc = null)
{
    private readonly List<Delivery> _made = [];

    /// <summary>The deliveries that were made.</summary>
    public IReadOnlyList<Delivery> Made => _made;

    /// <summary>Takes what happened in one transaction.</summary>
    public void Take(IReadOnlyCollection<AlarmEvent> events)
    {
        if (alarm.WithdrawnUtc is not null)
        {
            Finish(DeliveryEvent.Withdrawn);
        }
        else if (!alarm.IsActive)
        {
            TakeEnd(events);
        }
        else if (alarm.CauseId is not null)
        {
            TakeExplained(events);
        }
        else
        {
            TakeCourse(events);
        }

        if (alarm.IsOpen && Has(events, AlarmEventKind.TakenOn, AlarmEventKind.HandedOver))
        {
            TellWhoIsOnIt();
        }

        Settle();
    }

    /// <summary>An alarm that was over when it became known is told at once to the first of the chain, as one message.</summary>
    private void TakeEnd(IReadOnlyCollection<AlarmEvent> events)
    {
        if (Has(events, AlarmEventKind.Raised) && alarm.CauseId is null)
        {
            var what = LateReadings.IsPast(alarm) ? DeliveryEvent.FoundLate : DeliveryEvent.Ended;
            Tell(what, audience.Where(a => a.AfterMs == audience.Min(first => first.AfterMs)));
        }
        else if (Has(events, AlarmEventKind.Ended, AlarmEventKind.Closed))
        {
            Finish(DeliveryEvent.Ended);
        }
        else if (Has(events, AlarmEventKind.Acknowledged))
        {
            Acknowledge();
        }
    }

    /// <summary>Its cause is told instead; whoever was told of it before hears of its acknowledgement and its end all the same.</summary>
    private void TakeExplained(IReadOnlyCollection<AlarmEvent> events)
    {
        if (Has(events, AlarmEventKind.Acknowledged))
        {
            Acknowledge();
        }

        EndOpen(known, DeliveryEnd.Explained);
    }

    private void TakeCourse(IReadOnlyCollection<AlarmEvent> events)
    {
        // One that goes on although its end was told, or although its cause is over, is told as if it were new.
        if (Has(events, AlarmEventKind.Raised)
            || (alarm.IsOpen && Has(events, AlarmEventKind.Unexplained, AlarmEventKind.EndMoved)))
        {
            Announce(course is Course.BeginsToFlap ? DeliveryEvent.Flapping : DeliveryEvent.Raised);
        }
        else if (Has(events, AlarmEventKind.Rose))
        {
            Announce(DeliveryEvent.Rose);
        }

        if (Has(events, AlarmEventKind.Acknowledged) && !alarm.IsOpen)
        {
            Acknowledge();
        }
    }

    /// <summary>
    /// Tells everybody of the chains at their time, and whoever was told before at once. A message about it that was not sent yet is
    /// replaced; one that is due later stays.
    /// </summary>
    private void Announce(DeliveryEvent what)
    {
        var told = Told().ToDictionary(d => new Target(d.Channel, d.Address));
        EndOpen(known.Where(d => d.DueUtc <= now && d.State is DeliveryState.Queued), DeliveryEnd.Replaced);
        var waiting = known.Where(d => d.IsOpen && d.DueUtc > now).Select(d => new Target(d.Channel, d.Address)).ToHashSet();
        Tell(what, audience.Where(a => told.ContainsKey(a.Target) || !waiting.Contains(a.Target))
            .Select(a => told.ContainsKey(a.Target) ? a with { AfterMs = 0 } : a)
            .Select(a => waiting.Contains(a.Target) ? a with { RepeatMs = null } : a));
        var others = told.Where(t => audience.All(a => a.Target != t.Key)).Select(t => new Appointment(t.Key, t.Value.Chain, 0, null));
        Tell(what, others);
    }

    /// <summary>Nobody else is told that there is an alarm; whoever was told hears who acknowledged it, but not that person.</summary>
    private void Acknowledge()
    {
        var told = Told();
        EndOpen(known.Where(d => d.IsAnnouncement && (d.DueUtc > now || d.BegunUtc is null)), DeliveryEnd.Acknowledged);
        foreach (var delivery in known.Where(d => d.IsOpen))
        {
            delivery.RepeatMs = null;
        }

        Follow(
            DeliveryEvent.Acknowledged,
            told.Where(d => d.Event is not DeliveryEvent.FoundLate)
                .Where(d => !string.Equals(d.Address, alarm.AcknowledgedBy, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whoever was told hears who is on it, but not that person.</summary>
    private void TellWhoIsOnIt()
    {
        var told = Told();
        EndOpen(known.Where(d => d.Event is DeliveryEvent.TakenOn && d.BegunUtc is null), DeliveryEnd.Replaced);
        Tell(
            DeliveryEvent.TakenOn,
            told.Where(d => !string.Equals(d.Address, alarm.TakenBy, StringComparison.OrdinalIgnoreCase)).Select(AtOnce));
    }

    /// <summary>
    /// While late readings arrive, what they show may change at any moment: it is told when they have come to rest. A critical alarm that
    /// goes on waits for the next message of the gateway, but not for all of them.
    /// </summary>
    private void Settle()
    {
        var waiting = known.Concat(_made).Where(d => d is { State: DeliveryState.Queued, BegunUtc: null });
        foreach (var delivery in waiting.Where(d => d.NextUtc < settlesUtc))
        {
            var latest = delivery.QueuedUtc
                + (alarm is { IsActive: true, LevelNow: AlarmLevel.Critical } ? LateReadings.Rest : LateReadings.LongestWait);
            delivery.NextUtc = settlesUtc < latest ? settlesUtc.Value : delivery.NextUtc < latest ? latest : delivery.NextUtc;
        }
    }

    /// <summary>Nothing is told any more but the end, to whoever was told of the beginning or should have been by now.</summary>
    private void Finish(DeliveryEvent what)
    {
        // What turns out to be no alarm is news for those alone who heard of one.
        var heard = known.Where(d => d.BegunUtc is not null || d.State is not DeliveryState.Queued)
            .Select(d => new Target(d.Channel, d.Address)).ToHashSet();
        var told = Told().Where(d => what is DeliveryEvent.Ended || heard.Contains(new Target(d.Channel, d.Address))).ToList();
        EndOpen(known, DeliveryEnd.Over);
        Follow(what, told);
    }

    /// <summary>The last delivery of each who was told of the alarm, is being told, or was due to be.</summary>
    private List<Delivery> Told() =>
    [
        .. from delivery in known
           where delivery.DueUtc <= now && (delivery.IsOpen || delivery.State is DeliveryState.Accepted)
           group delivery by new Target(delivery.Channel, delivery.Address) into its
           where its.Any(d => d.IsAnnouncement || d.Event is DeliveryEvent.Ended or DeliveryEvent.FoundLate)
           select its.Last(),
    ];

    private void EndOpen(IEnumerable<Delivery> these, DeliveryEnd reason)
    {
        // What was handed to a channel is not taken back: its answer is not known yet.
        foreach (var delivery in these.Where(d => d.State is DeliveryState.Queued).ToList())
        {
            delivery.EndFor(reason, now);
        }
    }

    private void Follow(DeliveryEvent what, IEnumerable<Delivery> told) =>
        Tell(what, told.Where(d => d.Event != what).Select(AtOnce));

    private static Appointment AtOnce(Delivery told) => new(new Target(told.Channel, told.Address), told.Chain, 0, null);

    private void Tell(DeliveryEvent what, IEnumerable<Appointment> whom)
    {
        foreach (var its in whom.DistinctBy(a => (a.Target, a.AfterMs)).ToList())
        {
            var isChain = what is DeliveryEvent.Raised or DeliveryEvent.Rose or DeliveryEvent.Flapping;
            var dueUtc = now.AddMilliseconds(isChain ? its.AfterMs : 0);
            _made.Add(new()
            {
                Key = NewKey(),
                AlarmId = alarm.Id,
                Event = what,
                Channel = its.Target.Channel,
                Address = its.Target.Address,
                Chain = its.Chain,
                Rota = its.Rota,
                QueuedUtc = now,
                DueUtc = dueUtc,
                NextUtc = dueUtc,
                RepeatMs = isChain ? its.RepeatMs : null,
            });
        }
    }

    /// <summary>A key that no other delivery has.</summary>
    internal static string NewKey() => $"msg_{Guid.CreateVersion7():N}";

    private static bool Has(IEnumerable<AlarmEvent> events, params AlarmEventKind[] kinds) => events.Any(e => kinds.Contains(e.Kind));
}

/// <summary>Somebody who is to be told at a step of a chain.</summary>
/// <param name="Target">Who, through what.</param>
/// <param name="Chain">The key of the chain.</param>
/// <param name="AfterMs">How long after the alarm was raised, in ms.</param>
/// <param name="RepeatMs">How long until they are told again, in ms; null for never.</param>
/// <param name="Rota">The rota because of which it is they; null if the chain names them.</param>
internal sealed record Appointment(Target Target, string Chain, long AfterMs, long? RepeatMs, string? Rota = null);
