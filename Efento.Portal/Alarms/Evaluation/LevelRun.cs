namespace Efento.Portal.Alarms.Evaluation;

/// <summary>How long readings have been outside the limits of one level, and whether that is long enough.</summary>
internal sealed class LevelRun
{
    private Queue<(Outside Reading, long CountedMs)>? _counted;
    private Outside? _run;
    private long _runMs;
    private long _sumMs;

    /// <summary>Whether nothing is counted.</summary>
    public bool IsEmpty => _run is null && _counted is not { Count: > 0 };

    /// <summary>Takes a reading.</summary>
    /// <param name="reading">The reading, if it is outside the limits of this level; else null.</param>
    /// <param name="ms">When it was measured, Unix ms.</param>
    /// <param name="sinceLastMs">The time since the reading before it, in ms; 0 after a gap.</param>
    /// <param name="patience">How long the condition has to hold; null if there are no alarms of this level.</param>
    /// <returns>The readings that complete the condition; null if it is not complete.</returns>
    public Outside? Take(in Outside? reading, long ms, long sinceLastMs, Patience? patience)
    {
        if (patience is null)
        {
            Clear();
            return null;
        }

        if (reading is not { } outside)
        {
            (_run, _runMs) = (null, 0);
            Forget(ms, patience);
            return null;
        }

        var delayMs = patience.DelayOf(outside.Worst.IsHigh);
        var countedMs = _run is null ? 0 : sinceLastMs;
        _run = _run?.With(outside) ?? outside;
        _runMs += countedMs;
        return patience.CumulativeInMs is null ? Consecutive(delayMs) : Cumulative(outside, countedMs, patience, delayMs);
    }

    private void Clear() => (_run, _runMs, _sumMs, _counted) = (null, 0, 0, null);

    private Outside? Consecutive(long delayMs)
    {
        (_sumMs, _counted) = (0, null);
        return _run is { } run && _runMs >= delayMs ? run : null;
    }

    private Outside? Cumulative(in Outside outside, long countedMs, Patience patience, long delayMs)
    {
        (_counted ??= new()).Enqueue((outside, countedMs));
        _sumMs += countedMs;
        Forget(outside.LastMs, patience);
        return _sumMs < delayMs ? null : _counted.Select(c => c.Reading).Aggregate((all, later) => all.With(later));
    }

    /// <summary>Forgets what lies too far back to be added up.</summary>
    private void Forget(long ms, Patience patience)
    {
        while (_counted?.TryPeek(out var oldest) is true && oldest.Reading.LastMs <= ms - patience.CumulativeInMs)
        {
            _sumMs -= _counted.Dequeue().CountedMs;
        }
    }
}
