namespace Efento.Portal.Alarms.Evaluation;

/// <summary>Leads a machine along the readings of a channel, with the conditions of each one's time. Not thread-safe.</summary>
internal sealed class EvaluationPass
{
    private readonly Machine _machine = new();

    /// <summary>The last reading that was taken, Unix ms; <see cref="long.MinValue"/> before the first.</summary>
    public long MarkMs { get; private set; } = long.MinValue;

    /// <summary>What occurs now; null if nothing does.</summary>
    public Occurrence? Current => _machine.Current;

    /// <summary>Whether the last reading leaves nothing behind that could matter later (<see cref="Machine.IsCalm"/>).</summary>
    public bool IsCalm => _machine.IsCalm;

    /// <summary>Counts the readings that were judged.</summary>
    public long Judged => _machine.Judged;

    /// <summary>The first reading that was taken, Unix ms; null before it.</summary>
    public long? FirstMs { get; private set; }

    /// <summary>Takes what has ended since the last call.</summary>
    public IReadOnlyList<Occurrence> TakeFinished() => _machine.TakeFinished();

    /// <summary>Takes the next reading.</summary>
    public void Take(in Sample sample, Course course)
    {
        StopUntil(sample.Ms, course);
        if (course.At(sample.Ms) is { } condition)
        {
            _machine.Take(sample, condition);
        }

        FirstMs ??= sample.Ms;
        MarkMs = sample.Ms;
    }

    /// <summary>Ends what occurs if nothing is judged any more at a time (Unix ms), or if a person closed it before.</summary>
    public void StopUntil(long ms, Course course)
    {
        if (MarkMs > long.MinValue && course.StopWithin(MarkMs, ms) is { } stop)
        {
            _machine.Stop(stop);
        }
    }
}
