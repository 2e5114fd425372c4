namespace Efento.Portal.Alarms.Evaluation;

/// <summary>
/// Judges the readings of one channel by one kind of rule, in the order in which they were measured, and finds what occurred. It knows no
/// clock and no database. Versions of the rule only supply the conditions: what was counted stays. Not thread-safe.
/// </summary>
internal sealed class Machine
{
    // Most channels are inside all the time: what only others need is made when it is needed.
    private LevelRun? _warning;
    private LevelRun? _critical;
    private Queue<Sample>? _recent;
    private List<Occurrence>? _finished;
    private Spacing _spacing;
    private Outside? _stretch;
    private long? _lastMs;
    private long? _lastInsideMs;
    private long? _lastOutsideMs;
    private int _sinceReset;
    private long _resetMs;

    /// <summary>What occurs now; null if nothing does.</summary>
    public Occurrence? Current { get; private set; }

    /// <summary>
    /// Whether the last reading leaves nothing behind that could matter later, whatever came before the readings that were taken.
    /// </summary>
    public bool IsCalm { get; private set; }

    /// <summary>Counts the readings that were judged.</summary>
    public long Judged { get; private set; }

    /// <summary>Takes what has ended since the last call.</summary>
    public IReadOnlyList<Occurrence> TakeFinished()
    {
        IReadOnlyList<Occurrence> all = _finished ?? [];
        _finished = null;
        return all;
    }

    /// <summary>Takes the next reading.</summary>
    /// <param name="sample">The reading; measured after the one before it.</param>
    /// <param name="condition">The conditions in force when it was measured.</param>
    public void Take(in Sample sample, Condition condition)
    {
        Forget(sample.Ms, condition.WindowMs);
        if (condition.Judge(sample, _recent as IReadOnlyCollection<Sample> ?? []) is { } verdict)
        {
            Take(sample, verdict, condition);
        }
    }

    /// <summary>Ends everything, because nothing is judged from a time on (Unix ms).</summary>
    public void Stop(long ms)
    {
        if (Current is { } current)
        {
            Finish(current with { EndedMs = ms, IsUnjudged = true });
        }

        Reset();
        (_lastMs, _lastInsideMs, _lastOutsideMs, _sinceReset, IsCalm) = (null, null, null, 0, true);
        _spacing = default;
        _recent = null;
    }

    private void Take(in Sample sample, in Verdict verdict, Condition condition)
    {
        var sinceLastMs = Since(sample.Ms);
        if (verdict.IsOutside || _warning is not null)
        {
            Count(sample, verdict, condition, sinceLastMs);
        }

        Go(sample.Ms, verdict);
        Note(sample, verdict, condition);
    }

    private void Count(in Sample sample, in Verdict verdict, Condition condition, long sinceLastMs)
    {
        Outside? outside = verdict.IsOutside ? Outside.Of(sample, _lastInsideMs, verdict) : null;
        _stretch = outside is null ? null : _stretch?.With(outside.Value) ?? outside;
        var warning = (_warning ??= new()).Take(verdict.IsWarning ? outside : null, sample.Ms, sinceLastMs, condition.Warning);
        var critical = (_critical ??= new()).Take(verdict.IsCritical ? outside : null, sample.Ms, sinceLastMs, condition.Critical);
        Raise(sample.Ms, warning, critical, condition.RuleId);
        if (outside is null && _warning.IsEmpty && _critical.IsEmpty)
        {
            (_warning, _critical) = (null, null);
        }
    }

    /// <summary>Begins an occurrence, or lets it rise, if a condition is complete.</summary>
    private void Raise(long ms, in Outside? warning, in Outside? critical, int ruleId)
    {
        if ((critical ?? warning) is not { } complete)
        {
            return;
        }

        var level = critical is null ? AlarmLevel.Warning : AlarmLevel.Critical;
        if (Current is { } current)
        {
            Current = level > current.LevelNow
                ? current with { LevelNow = level, Level = level > current.Level ? level : current.Level }
                : current;
            return;
        }

        var whole = Earlier(Earlier(complete, warning), _stretch);
        Current = new Occurrence
        {
            BeganMs = whole.BeganMs,
            BeganAfterMs = whole.BeganAfterMs,
            RaisedMs = ms,
            RaisedBy = whole.NewestMessage,
            LastOutsideMs = ms,
            Level = level,
            LevelNow = level,
            PeakMs = whole.PeakMs,
            Peak = whole.Worst.Figure,
            Limit = whole.Worst.Limit,
            Extent = whole.Worst.Extent,
            RuleId = ruleId,
        };
    }

    /// <summary>What occurs now goes on, falls to a lower level, or ends.</summary>
    private void Go(long ms, in Verdict verdict)
    {
        if (Current is not { } current)
        {
            return;
        }

        if (verdict.IsClear)
        {
            Finish(current with { EndedMs = ms });
            Reset();
        }
        else
        {
            Current = Worse(current, ms, verdict) with { LevelNow = verdict.IsClearOfCritical ? AlarmLevel.Warning : current.LevelNow };
        }
    }

    private void Note(in Sample sample, in Verdict verdict, Condition condition)
    {
        if (condition.WindowMs > 0)
        {
            (_recent ??= new()).Enqueue(sample);
        }

        Judged++;
        _lastMs = sample.Ms;
        _resetMs = _sinceReset++ == 0 ? sample.Ms : _resetMs;
        _lastInsideMs = verdict.IsOutside ? _lastInsideMs : sample.Ms;
        _lastOutsideMs = verdict.IsOutside ? sample.Ms : _lastOutsideMs;
        var quietMs = sample.Ms - Math.Max(_resetMs, _lastOutsideMs ?? _resetMs);
        IsCalm = verdict.IsClear && quietMs >= condition.MemoryMs && _sinceReset >= Spacing.Readings;
    }

    /// <summary>The time since the reading before, as far as it counts.</summary>
    private long Since(long ms)
    {
        if (_lastMs is not { } last)
        {
            return 0;
        }

        var counted = _spacing.IsGap(ms - last) ? 0 : ms - last;
        _spacing.Note(ms - last);
        return counted;
    }

    private void Reset()
    {
        Current = null;
        (_stretch, _warning, _critical) = (null, null, null);
    }

    private void Finish(Occurrence occurrence) => (_finished ??= []).Add(occurrence);

    private void Forget(long ms, long windowMs)
    {
        while (_recent?.TryPeek(out var oldest) is true && oldest.Ms < ms - windowMs)
        {
            _recent.Dequeue();
        }
    }

    private static Outside Earlier(in Outside one, in Outside? other) =>
        other is not { } its || its.BeganMs == one.BeganMs ? one
        : its.BeganMs < one.BeganMs ? its.With(one)
        : one.With(its);

    private static Occurrence Worse(Occurrence current, long ms, in Verdict verdict) =>
        !verdict.IsOutside ? current
        : verdict.Extent <= current.Extent ? current with { LastOutsideMs = ms }
        : current with
        {
            LastOutsideMs = ms,
            PeakMs = ms,
            Peak = verdict.Figure,
            Limit = verdict.Limit,
            Extent = verdict.Extent,
        };
}
