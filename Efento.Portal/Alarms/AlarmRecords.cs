using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Arrivals;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms;

/// <summary>Writes alarms: what was found, what happened to them, and the evaluator's position, in one transaction.</summary>
internal sealed class AlarmRecords(
    WriteGate gate, AlarmBoard board, LiveFeed feed, ReceiptTimes receipts, IEnumerable<IAlarmFollower> followers, TimeProvider time)
{
    private readonly IAlarmFollower[] _followers = [.. followers];

    /// <summary>
    /// Loads what is on record. On a database without alarms the portal begins to judge after this message.
    /// </summary>
    /// <returns>Since when readings are judged, and whether that is from now on.</returns>
    public Task<(AlarmStart Start, bool IsFirst)> BeginAsync(long after, CancellationToken cancellationToken) => gate.WriteAsync(
        async db =>
        {
            await board.LoadAsync(db, cancellationToken);
            if (await db.AlarmStarts.AsNoTracking().FirstOrDefaultAsync(cancellationToken) is { } known)
            {
                return (known, false);
            }

            var lastRule = await db.AlarmRules.MaxAsync(r => (int?)r.Id, cancellationToken) ?? 0;
            var start = new AlarmStart { AfterMessage = after, LastRule = lastRule };
            db.AlarmStarts.Add(start);

            // Even if nothing arrives before the next start: without a cursor the evaluator would judge weeks again.
            await ArrivalCursors.SaveAsync(db, AlarmEvaluator.Cursor, after, time.GetUtcNow(), cancellationToken);
            return (start, true);
        },
        cancellationToken);

    /// <summary>Makes the alarms on record agree with what was found.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="done">The last message that was judged; null if others before it were not, so that the position stays.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task WriteAsync(IReadOnlyCollection<Finding> found, long? done, CancellationToken cancellationToken)
    {
        var changed = await gate.WriteAsync(
            async db =>
            {
                var all = await ReconcileAsync(db, found, cancellationToken);
                if (done is { } last)
                {
                    await ArrivalCursors.SaveAsync(db, AlarmEvaluator.Cursor, last, time.GetUtcNow(), cancellationToken);
                }

                return all;
            },
            changed => changed.ForEach(board.Put),
            cancellationToken);
        Publish(changed);
    }

    /// <summary>Saves which rules the past was judged by.</summary>
    public Task SaveAsync(AlarmStart start, CancellationToken cancellationToken) => gate.WriteAsync(
        db => db.AlarmStarts.ExecuteUpdateAsync(set => set.SetProperty(s => s.LastRule, start.LastRule), cancellationToken),
        cancellationToken);

    /// <summary>Lets those who follow alarms add to the transaction what follows from what happened.</summary>
    public async Task FollowAsync(PortalDbContext db, IReadOnlyCollection<AlarmStep> steps, CancellationToken cancellationToken)
    {
        foreach (var follower in _followers)
        {
            await follower.TakeAsync(db, steps, cancellationToken);
        }
    }

    /// <summary>Tells the pages, and those who follow alarms. To be called after the commit.</summary>
    public void Publish(IReadOnlyCollection<Alarm> changed)
    {
        foreach (var follower in changed.Count > 0 ? _followers : [])
        {
            follower.Committed();
        }

        foreach (var alarm in changed)
        {
            feed.Publish(new LiveKey(LiveTopic.Alarm, alarm.Id));
            if (alarm.LoggerId is { } logger)
            {
                feed.Publish(new LiveKey(LiveTopic.Logger, logger));
            }
        }
    }

    private async Task<List<Alarm>> ReconcileAsync(PortalDbContext db, IEnumerable<Finding> found, CancellationToken cancellationToken)
    {
        List<Alarm> changed = [];
        List<(Alarm Alarm, AlarmEvent Event)> events = [];
        foreach (var finding in found)
        {
            var records = await OnRecordAsync(db, finding, cancellationToken);
            if (records.Exists(r => r.End is AlarmEnd.Closed && !finding.Watch.Course.KnowsClosing(r.EndedMs!.Value)))
            {
                // It was closed since it was judged. It is judged again when the closing is known.
                finding.Watch.Judge.Forget();
                continue;
            }

            var its = new Reconciliation(finding.Region, time.GetUtcNow(), occurrence => Raise(finding, occurrence));
            its.Apply(records);
            db.Alarms.AddRange(its.Made);
            events.AddRange(its.Events);
            changed.AddRange(its.Made);
            changed.AddRange(records.Where(r => db.Entry(r).State is EntityState.Modified));
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var (alarm, its) in events)
        {
            its.AlarmId = alarm.Id;
            db.AlarmEvents.Add(its);
        }

        await FollowAsync(db, [.. events.Select(e => new AlarmStep(e.Alarm, e.Event))], cancellationToken);
        return changed;
    }

    private static Task<List<Alarm>> OnRecordAsync(PortalDbContext db, Finding finding, CancellationToken cancellationToken)
    {
        var (subject, afterMs) = (finding.Watch.Subject, finding.Region.AfterMs);
        return db.Alarms
            .Where(a => a.PointId == subject.PointId && a.Kind == subject.Kind && a.Type == subject.Type && a.Channel == subject.Channel)
            .Where(a => a.WithdrawnUtc == null && (a.EndedMs == null || a.EndedMs > afterMs)).ToListAsync(cancellationToken);
    }

    private Alarm Raise(Finding finding, Occurrence occurrence) => finding.Watch.Subject.Raise(
        occurrence, receipts.ReceivedMs(occurrence.RaisedBy), finding.LoggerAt(occurrence.BeganMs));
}
