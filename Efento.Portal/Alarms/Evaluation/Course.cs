namespace Efento.Portal.Alarms.Evaluation;

/// <summary>What a channel is judged by, from when on.</summary>
/// <param name="periods">
/// The conditions from a time on (Unix ms), ascending; null from where nothing is judged. The first begins with the beginning of time.
/// </param>
/// <param name="closings">When people closed an alarm because its sensor was gone, Unix ms, ascending: what was before counts no more.</param>
internal sealed class Course(IReadOnlyList<(long FromMs, Condition? Condition)> periods, IReadOnlyList<long> closings)
{
    /// <summary>What ends an occurrence whatever is measured, Unix ms, ascending.</summary>
    private readonly long[] _stops = [.. periods.Where(p => p.Condition is null).Select(p => p.FromMs).Concat(closings).Order()];

    /// <summary>Whether anything is judged at any time.</summary>
    public bool IsEmpty { get; } = periods.All(p => p.Condition is null);

    /// <summary>How far back a reading can count for a later one, in ms.</summary>
    public long MemoryMs { get; } = periods.Max(p => p.Condition?.MemoryMs ?? 0);

    /// <summary>The same rules, with the closings of one channel.</summary>
    public Course With(IReadOnlyList<long> closed) => new(periods, closed);

    /// <summary>Whether a version of a rule is in force at any time.</summary>
    public bool Has(int ruleId) => periods.Any(p => p.Condition?.RuleId == ruleId);

    /// <summary>The conditions in force at a time measured (Unix ms); null if nothing is judged.</summary>
    public Condition? At(long ms)
    {
        var at = periods.Count - 1;
        while (at > 0 && periods[at].FromMs > ms)
        {
            at--;
        }

        return periods[at].Condition;
    }

    /// <summary>Whether it knows of a closing.</summary>
    public bool KnowsClosing(long ms) => closings.Contains(ms);

    /// <summary>The first time measured from which another course says otherwise, Unix ms; null if none does.</summary>
    public long? FirstDifference(Course other)
    {
        var turns = periods.Select(p => p.FromMs).Concat(other.Turns).Where(ms => !ReferenceEquals(At(ms), other.At(ms)));
        var closed = closings.Except(other.Closings).Concat(other.Closings.Except(closings));
        return turns.Concat(closed).Select(ms => (long?)ms).Min();
    }

    private IEnumerable<long> Turns => periods.Select(p => p.FromMs);

    private IReadOnlyList<long> Closings => closings;

    /// <summary>The first time after one and up to another (Unix ms) that ends an occurrence; null if there is none.</summary>
    public long? StopWithin(long afterMs, long untilMs)
    {
        foreach (var stop in _stops)
        {
            if (stop > afterMs)
            {
                return stop <= untilMs ? stop : null;
            }
        }

        return null;
    }
}
