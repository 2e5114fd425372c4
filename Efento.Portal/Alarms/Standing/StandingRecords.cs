using Efento.Portal.Alarms.Rules;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Standing;

/// <summary>Makes the alarms on record agree with what holds now.</summary>
internal sealed class StandingRecords(WriteGate gate, AlarmBoard board, AlarmRecords records, TimeProvider time)
{
    /// <summary>The kinds of rules that are not judged reading by reading.</summary>
    private static readonly RuleKind[] Kinds = [RuleKind.Silence, RuleKind.Battery, RuleKind.Gateway, RuleKind.Portal];

    /// <summary>How many alarms a transaction changes at most, so that ingest has its turn when a whole site falls silent.</summary>
    private const int Portion = 50;

    private Dictionary<AlarmSubject, Known> _active = [];
    private HashSet<int> _ids = [];
    private long _version = -1;
    private long _look;

    /// <summary>Raises, changes and ends alarms; nothing is written if nothing changed. One call at a time.</summary>
    /// <param name="all">All that holds, causes first. It is enumerated once, and nothing of it is kept but what is news.</param>
    /// <param name="isJudged">Whether it would be told if something held.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task ApplyAsync(
        IEnumerable<StandingCondition> all, Func<AlarmSubject, bool> isJudged, CancellationToken cancellationToken)
    {
        var news = News(all);
        foreach (var ended in _active.Where(a => a.Value.HeldIn != _look).Select(a => a.Key).Chunk(Portion))
        {
            await ApplyAsync([], ended, isJudged, cancellationToken);
        }

        // Causes first: what they explain names them.
        foreach (var portion in news.OrderBy(c => c.Cause is not null).Chunk(Portion))
        {
            await ApplyAsync(portion, [], isJudged, cancellationToken);
        }
    }

    /// <summary>Marks the alarms whose condition still holds, and finds what has to be written.</summary>
    private List<StandingCondition> News(IEnumerable<StandingCondition> all)
    {
        var version = board.Version;
        if (version != _version)
        {
            (_active, _version) = (Active().ToDictionary(AlarmSubject.Of, a => new Known(a)), version);
            _ids = [.. _active.Values.Select(k => k.Alarm.Id)];
        }

        _look++;
        List<StandingCondition> news = [];
        foreach (var its in all)
        {
            // What was closed begins anew only once it was heard again.
            if (board.ClosingsOf(its.Subject) is [.., var closed] && closed > its.SinceMs)
            {
                continue;
            }

            if (IsNews(its, Held(its.Subject)))
            {
                news.Add(its);
            }
        }

        return news;
    }

    private Alarm? Held(AlarmSubject subject)
    {
        if (!_active.TryGetValue(subject, out var known))
        {
            return null;
        }

        known.HeldIn = _look;
        return known.Alarm;
    }

    private bool IsNews(StandingCondition its, Alarm? alarm) =>
        its.Level is { } level
        && (alarm is null || alarm.LevelNow != level
            || (its.Cause is { } cause && alarm.CauseId is null && _active.ContainsKey(cause))
            || (its.Cause is null && alarm.CauseId is { } explained && !_ids.Contains(explained)));

    private async Task ApplyAsync(
        StandingCondition[] news, AlarmSubject[] ended, Func<AlarmSubject, bool> isJudged, CancellationToken cancellationToken)
    {
        HashSet<AlarmSubject> concerned = [.. news.Select(c => c.Subject), .. news.Select(c => c.Cause).OfType<AlarmSubject>(), .. ended];
        List<int> ids = [.. Active().Where(a => concerned.Contains(AlarmSubject.Of(a))).Select(a => a.Id)];
        var changed = await gate.WriteAsync(
            db => WriteAsync(db, ids, news, ended, isJudged, cancellationToken), changed => changed.ForEach(board.Put), cancellationToken);
        records.Publish(changed);
    }

    /// <summary>When the causes of alarms ended that have ended, Unix ms, by their keys.</summary>
    private static async Task<Dictionary<int, long>> EndedAsync(
        PortalDbContext db, IEnumerable<Alarm> alarms, CancellationToken cancellationToken)
    {
        var causes = alarms.Select(a => a.CauseId).OfType<int>().Distinct().ToList();
        return await db.Alarms.AsNoTracking().Where(a => causes.Contains(a.Id) && a.EndedMs != null)
            .ToDictionaryAsync(a => a.Id, a => a.EndedMs!.Value, cancellationToken);
    }

    private IEnumerable<Alarm> Active() => board.Present.Where(a => a.IsActive && Kinds.Contains(a.Kind));

    private async Task<List<Alarm>> WriteAsync(
        PortalDbContext db, List<int> ids, StandingCondition[] news, AlarmSubject[] ended, Func<AlarmSubject, bool> isJudged,
        CancellationToken cancellationToken)
    {
        var active = (await db.Alarms.Where(a => ids.Contains(a.Id) && a.EndedMs == null && a.WithdrawnUtc == null)
            .ToListAsync(cancellationToken)).ToDictionary(AlarmSubject.Of);
        var change = new StandingChange(active, time.GetUtcNow());
        change.End(ended, isJudged);

        // Causes first, so that they have a key when what they explain is written.
        foreach (var step in news.GroupBy(c => c.Cause is not null))
        {
            change.Take(step);
            db.Alarms.AddRange(change.TakeMade());
            await db.SaveChangesAsync(cancellationToken);
        }

        change.Unexplain(news, await EndedAsync(db, active.Values, cancellationToken));
        List<AlarmStep> steps = [.. change.Steps()];
        db.AlarmEvents.AddRange(steps.Select(s => s.Event));
        await records.FollowAsync(db, steps, cancellationToken);
        return [.. change.Changed];
    }

    /// <summary>An active alarm, and the last look in which its condition held.</summary>
    private sealed class Known(Alarm alarm)
    {
        public Alarm Alarm => alarm;

        public long HeldIn { get; set; }
    }
}
