using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Alarms.Judging;

/// <summary>One kind of rule at one channel: what it is judged by, and how far the judging has come.</summary>
/// <param name="subject">What an alarm would be about.</param>
/// <param name="key">The channel whose readings are judged.</param>
internal sealed class Watch(AlarmSubject subject, ChannelKey key)
{
    private static readonly Course Nothing = new([(long.MinValue, null)], []);

    private object? _madeOf;
    private int _closings;

    /// <summary>What an alarm would be about.</summary>
    public AlarmSubject Subject => subject;

    /// <summary>Whether the strength of the signal is judged, and not the values.</summary>
    public bool IsSignal { get; } = subject.Kind is RuleKind.Signal;

    /// <summary>The channel whose readings are judged.</summary>
    public ChannelKey Key => key;

    /// <summary>The judge of its readings.</summary>
    public Judge Judge { get; } = new();

    /// <summary>What it is judged by.</summary>
    public Course Course { get; private set; } = Nothing;

    /// <summary>
    /// From when on it is judged by something else than it was, Unix ms, so that it has to be judged again; null if it has not.
    /// </summary>
    public long? StaleFromMs { get; private set; }

    /// <summary>To be called when it was judged again, and that is on record.</summary>
    public void Refreshed() => StaleFromMs = null;

    /// <summary>Takes the rules and the closings of alarms as they are now.</summary>
    /// <param name="book">The rules.</param>
    /// <param name="closings">When alarms of this subject were closed because their sensor was gone, Unix ms, ascending.</param>
    /// <param name="courses">Makes the course of rules without closings; points of one place share it.</param>
    public void Follow(RuleBook book, IReadOnlyList<long> closings, Func<IReadOnlyList<RulePeriod>, Course> courses)
    {
        var timeline = book.TimelineOf(key.PointId, subject.Channel, subject.Type, subject.Kind);
        if (ReferenceEquals(_madeOf, timeline) && closings.Count == _closings)
        {
            return;
        }

        var course = courses(timeline);
        course = closings.Count == 0 ? course : course.With(closings);
        if (_madeOf is not null && course.FirstDifference(Course) is { } fromMs)
        {
            StaleFromMs = Math.Min(StaleFromMs ?? fromMs, fromMs);
        }

        (Course, _madeOf, _closings) = (course, timeline, closings.Count);
    }
}
