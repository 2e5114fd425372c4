namespace Efento.Portal.Alarms.Standing;

/// <summary>Raises, changes and ends alarms by what holds now, and tells what happened to them.</summary>
internal sealed class StandingChange(Dictionary<AlarmSubject, Alarm> active, DateTimeOffset now)
{
    private readonly List<(Alarm Alarm, AlarmEventKind Kind, AlarmLevel? Level, Alarm? Other)> _events = [];
    private readonly HashSet<Alarm> _changed = [];
    private readonly List<Alarm> _made = [];

    /// <summary>The alarms that were made or changed.</summary>
    public IReadOnlyCollection<Alarm> Changed => _changed;

    private long NowMs => now.ToUnixTimeMilliseconds();

    /// <summary>Takes the alarms made since the last call.</summary>
    public IReadOnlyList<Alarm> TakeMade()
    {
        Alarm[] made = [.. _made];
        _made.Clear();
        return made;
    }

    /// <summary>What happened. To be called when all alarms have their keys.</summary>
    public IEnumerable<AlarmStep> Steps() => _events.Select(e => new AlarmStep(e.Alarm, new AlarmEvent
    {
        AlarmId = e.Alarm.Id,
        AtUtc = now,
        Kind = e.Kind,
        Level = e.Level,
        AboutMs = e.Kind is AlarmEventKind.Ended ? e.Alarm.EndedMs : null,
        OtherId = e.Other?.Id,
    }));

    /// <summary>Ends the alarms whose condition does not hold any more.</summary>
    public void End(IEnumerable<AlarmSubject> subjects, Func<AlarmSubject, bool> isJudged)
    {
        foreach (var subject in subjects)
        {
            if (active.Remove(subject, out var alarm))
            {
                // A clock that was set back since may show an earlier time.
                alarm.EndedMs = Math.Max(NowMs, alarm.BeganMs);
                alarm.End = isJudged(subject) ? AlarmEnd.Inside : AlarmEnd.Unjudged;
                Tell(alarm, AlarmEventKind.Ended);
            }
        }
    }

    /// <summary>Raises alarms, or changes them.</summary>
    public void Take(IEnumerable<StandingCondition> all)
    {
        foreach (var its in all)
        {
            if (!active.TryGetValue(its.Subject, out var alarm))
            {
                active[its.Subject] = alarm = Raise(its);
                _made.Add(alarm);
                Tell(alarm, AlarmEventKind.Raised, alarm.Level);
            }

            Change(alarm, its);
        }
    }

    /// <summary>Lets what goes on although its cause is over speak for itself.</summary>
    /// <param name="all">All that holds.</param>
    /// <param name="endedMs">When the causes ended that have ended, Unix ms, by their keys.</param>
    public void Unexplain(IEnumerable<StandingCondition> all, IReadOnlyDictionary<int, long> endedMs)
    {
        foreach (var its in all.Where(c => c is { Cause: null, Level: not null }))
        {
            if (active.TryGetValue(its.Subject, out var alarm) && alarm.CauseId is { } cause
                && endedMs.TryGetValue(cause, out var ended) && NowMs >= ended + its.PatienceMs)
            {
                alarm.CauseId = null;
                Tell(alarm, AlarmEventKind.Unexplained);
            }
        }
    }

    private void Change(Alarm alarm, StandingCondition its)
    {
        if (its.Level is { } level && level != alarm.LevelNow)
        {
            var isWorse = level > alarm.LevelNow;
            Tell(alarm, isWorse ? AlarmEventKind.Rose : AlarmEventKind.Fell, level);
            if (isWorse && alarm.GetsWorse())
            {
                Tell(alarm, AlarmEventKind.Reopened);
            }

            (alarm.LevelNow, alarm.Level) = (level, level > alarm.Level ? level : alarm.Level);
        }

        if (alarm.CauseId is null && its.Cause is { } subject && active.TryGetValue(subject, out var cause))
        {
            alarm.CauseId = cause.Id;
            Tell(alarm, AlarmEventKind.Explained, other: cause);
        }
    }

    private Alarm Raise(StandingCondition its) => new()
    {
        Kind = its.Subject.Kind,
        Type = its.Subject.Type,
        PointId = its.Subject.PointId,
        GatewayId = its.Subject.GatewayId,
        DeliveryChannel = its.Subject.DeliveryChannel,
        LoggerId = its.LoggerId,
        RuleId = its.Rule.Id,
        Level = its.Level!.Value,
        LevelNow = its.Level.Value,
        BeganMs = its.SinceMs,
        BeganAfterMs = its.AfterMs,
        RaisedMs = NowMs,
        CompletedMs = NowMs,
        LastOutsideMs = NowMs,
        Peak = its.Figure,
        PeakMs = NowMs,
        Limit = its.Limit,
    };

    private void Tell(Alarm alarm, AlarmEventKind kind, AlarmLevel? level = null, Alarm? other = null)
    {
        _changed.Add(alarm);
        _events.Add((alarm, kind, level, other));
    }
}
