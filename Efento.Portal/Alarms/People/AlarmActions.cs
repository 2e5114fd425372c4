using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.People;

/// <summary>
/// What people do about alarms: acknowledge them, take them on, hand them over, snooze them, and close those whose sensor is gone. The
/// change, its line in the alarm's life and its audit entry are written together.
/// </summary>
internal sealed class AlarmActions(
    WriteGate gate, AuditTrail audit, AlarmBoard board, AlarmRecords records, AlarmNames names, AlarmPeople people, TimeProvider time)
{
    /// <summary>The longest snooze.</summary>
    public static readonly TimeSpan LongestSnooze = TimeSpan.FromHours(24);

    /// <summary>The most snoozes in a row: until it gets worse or is acknowledged, whoever is on it.</summary>
    public const int MostSnoozes = 3;

    /// <summary>Says what was done about an alarm.</summary>
    public Task<AlarmOutcome> AcknowledgeAsync(
        SiteScope scope, Actor actor, int alarmId, Acknowledgement said, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, actor, new SeenAlarm(alarmId), said.Comment, alarm => Acknowledge(alarm, actor, said), cancellationToken);

    /// <summary>Says who is on it.</summary>
    public Task<AlarmOutcome> TakeOnAsync(SiteScope scope, Actor actor, SeenAlarm seen, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, actor, seen, null, alarm => TakeOn(alarm, actor.Name, AlarmEventKind.TakenOn), cancellationToken);

    /// <summary>Hands it over to somebody else.</summary>
    /// <param name="scope">What the person may see.</param>
    /// <param name="actor">The person.</param>
    /// <param name="seen">The alarm.</param>
    /// <param name="to">Who is on it from now on: somebody who may see it, and act.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<AlarmOutcome> HandOverAsync(
        SiteScope scope, Actor actor, SeenAlarm seen, string to, CancellationToken cancellationToken = default) =>
        FaultOf(to) is null && !(await people.ListAsync(seen.Id, cancellationToken)).Contains(to.Trim())
            ? new AlarmOutcome(AlarmFault.NobodyThere)
            : await ChangeAsync(
                scope, actor, seen, to, alarm => TakeOn(alarm, to.Trim(), AlarmEventKind.HandedOver), cancellationToken);

    /// <summary>Keeps an alarm quiet for a while that nobody has acknowledged; it stays on every screen.</summary>
    public Task<AlarmOutcome> SnoozeAsync(
        SiteScope scope, Actor actor, SeenAlarm seen, TimeSpan duration, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, actor, seen, reason, alarm => Snooze(alarm, duration, reason), cancellationToken);

    /// <summary>Ends it for good, because its sensor is gone. A later reading begins anew.</summary>
    public Task<AlarmOutcome> CloseAsync(
        SiteScope scope, Actor actor, SeenAlarm seen, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, actor, seen, reason, alarm => Close(alarm, actor, reason), cancellationToken);

    private Step Acknowledge(Alarm alarm, Actor actor, Acknowledgement said)
    {
        if (alarm.AcknowledgedUtc is not null)
        {
            return new(new AlarmOutcome(AlarmFault.AlreadyAcknowledged, alarm.AcknowledgedBy, alarm.AcknowledgedUtc));
        }

        (alarm.AcknowledgedUtc, alarm.AcknowledgedBy, alarm.Comment) = (time.GetUtcNow(), actor.Name, said.Comment.Trim());
        (alarm.CauseWord, alarm.ActionWord) = (said.Cause, said.Action);
        alarm.EndSnoozes();
        return new(AlarmOutcome.Done, AlarmEventKind.Acknowledged, "alarm acknowledged", alarm.Comment);
    }

    private static Step TakeOn(Alarm alarm, string who, AlarmEventKind kind)
    {
        if (!alarm.IsOpen)
        {
            return new(new AlarmOutcome(AlarmFault.AlreadyAcknowledged, alarm.AcknowledgedBy, alarm.AcknowledgedUtc));
        }

        alarm.TakenBy = who;
        return new(AlarmOutcome.Done, kind, kind is AlarmEventKind.TakenOn ? "alarm taken on" : "alarm handed over", who);
    }

    private Step Snooze(Alarm alarm, TimeSpan duration, string reason)
    {
        var now = time.GetUtcNow();
        if (alarm.AcknowledgedUtc is not null)
        {
            return new(new AlarmOutcome(AlarmFault.AlreadyAcknowledged, alarm.AcknowledgedBy, alarm.AcknowledgedUtc));
        }

        var fault = !alarm.IsActive ? AlarmFault.Over
            : duration <= TimeSpan.Zero || duration > LongestSnooze ? AlarmFault.SnoozeTooLong
            : alarm.Snoozes >= MostSnoozes ? AlarmFault.SnoozedTooOften
            : (AlarmFault?)null;
        if (fault is not null)
        {
            return new(new AlarmOutcome(fault));
        }

        (alarm.SnoozedUntilUtc, alarm.Snoozes) = (now + duration, alarm.Snoozes + 1);
        return new(AlarmOutcome.Done, AlarmEventKind.Snoozed, "alarm snoozed", reason.Trim());
    }

    private Step Close(Alarm alarm, Actor actor, string reason)
    {
        if (!alarm.IsActive)
        {
            return new(new AlarmOutcome(AlarmFault.Over));
        }

        var now = time.GetUtcNow();
        (alarm.EndedMs, alarm.End) = (Math.Max(now.ToUnixTimeMilliseconds(), alarm.LastOutsideMs) + 1, AlarmEnd.Closed);
        if (alarm.AcknowledgedUtc is null)
        {
            (alarm.AcknowledgedUtc, alarm.AcknowledgedBy, alarm.Comment) = (now, actor.Name, reason.Trim());
        }

        return new(AlarmOutcome.Done, AlarmEventKind.Closed, "alarm closed", reason.Trim());
    }

    private async Task<AlarmOutcome> ChangeAsync(
        SiteScope scope, Actor actor, SeenAlarm seen, string? text, Func<Alarm, Step> change, CancellationToken cancellationToken)
    {
        if (text is not null && FaultOf(text) is { } fault)
        {
            return new AlarmOutcome(fault);
        }

        Alarm? changed = null;
        var outcome = await gate.WriteAsync(
            async db =>
            {
                if (await FindAsync(db, scope, seen.Id, cancellationToken) is not { } alarm)
                {
                    return new AlarmOutcome(AlarmFault.Unknown);
                }

                if (seen.Version is { } version && version != alarm.Version)
                {
                    return new AlarmOutcome(AlarmFault.ChangedMeanwhile);
                }

                var step = change(alarm);
                if (step.Outcome.IsDone)
                {
                    alarm.Version++;
                    changed = alarm;
                    await NoteAsync(db, actor, alarm, step, cancellationToken);
                }

                return step.Outcome;
            },
            _ =>
            {
                if (changed is not null)
                {
                    board.Put(changed);
                }
            },
            cancellationToken);
        records.Publish(changed is null ? [] : [changed]);
        return outcome;
    }

    private async Task NoteAsync(PortalDbContext db, Actor actor, Alarm alarm, Step step, CancellationToken cancellationToken)
    {
        var its = new AlarmEvent
        {
            AlarmId = alarm.Id,
            AtUtc = time.GetUtcNow(),
            Kind = step.Kind,
            By = actor.Name,
            Text = step.Text,
            AboutMs = step.Kind is AlarmEventKind.Snoozed ? alarm.SnoozedUntilUtc?.ToUnixTimeMilliseconds() : null,
        };
        db.AlarmEvents.Add(its);
        await records.FollowAsync(db, [new AlarmStep(alarm, its)], cancellationToken);
        var subject = $"alarm {alarm.Id}, {await AlarmNames.OfAsync(db, alarm, cancellationToken)}";
        await audit.AddAsync(db, actor, new AuditNote(step.Action, subject, New: step.Text), cancellationToken);
    }

    private async Task<Alarm?> FindAsync(PortalDbContext db, SiteScope scope, int alarmId, CancellationToken cancellationToken) =>
        await db.Alarms.FirstOrDefaultAsync(a => a.Id == alarmId && a.WithdrawnUtc == null, cancellationToken) is { } alarm
        && await names.SeesAsync(db, scope, alarm, cancellationToken)
            ? alarm
            : null;

    private static AlarmFault? FaultOf(string text) =>
        string.IsNullOrWhiteSpace(text) ? AlarmFault.TextMissing
        : text.Trim().Length > AlarmEvent.MostLetters ? AlarmFault.TooLong
        : null;

    private sealed record Step(
        AlarmOutcome Outcome, AlarmEventKind Kind = AlarmEventKind.Acknowledged, string Action = "", string? Text = null);
}

/// <summary>What a person says was done about an alarm.</summary>
/// <param name="Comment">What was done: 1 to <see cref="AlarmEvent.MostLetters"/> letters.</param>
/// <param name="Cause">Why it happened, one of the site's words; null if that is not said.</param>
/// <param name="Action">What was done, one of the site's words; null if that is not said.</param>
internal sealed record Acknowledgement(string Comment, string? Cause = null, string? Action = null);

/// <summary>The alarm that a change refers to.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Version">Its version when the person looked; null to change it whatever others did.</param>
internal readonly record struct SeenAlarm(int Id, int? Version = null);
