namespace Efento.Portal.Alarms.Evaluation;

/// <summary>The conditions of a version of a rule, as the evaluation applies them to one reading after the other.</summary>
internal abstract class Condition(int ruleId, Patience? warning, Patience? critical)
{
    /// <summary>The version of the rule.</summary>
    public int RuleId => ruleId;

    /// <summary>How long a reading has to be outside for a warning; null if there are no warnings.</summary>
    public Patience? Warning => warning;

    /// <summary>How long a reading has to be outside for a critical alarm; null if there are no critical ones.</summary>
    public Patience? Critical => critical;

    /// <summary>How far back the values lie that a reading is compared with, in ms.</summary>
    public virtual long WindowMs => 0;

    /// <summary>How far back a reading can count for a later one, in ms.</summary>
    public long MemoryMs => Math.Max(WindowMs, Math.Max(warning?.CumulativeInMs ?? 0, critical?.CumulativeInMs ?? 0));

    /// <summary>What is said of a reading; null if it says nothing.</summary>
    /// <param name="sample">The reading.</param>
    /// <param name="recent">The readings with a value before it, at least as far as <see cref="WindowMs"/> reaches.</param>
    public abstract Verdict? Judge(in Sample sample, IReadOnlyCollection<Sample> recent);
}

/// <summary>How long a condition has to hold.</summary>
/// <param name="DelayMs">The time in ms of measured time; 0: one reading is enough.</param>
/// <param name="CumulativeInMs">All the time within so many ms is added up; null if it has to be without a pause.</param>
/// <param name="HighDelayMs">The time above the upper limit, if that is another one, in ms; else null.</param>
internal sealed record Patience(long DelayMs, long? CumulativeInMs = null, long? HighDelayMs = null)
{
    /// <summary>How long the condition has to hold, in ms.</summary>
    /// <param name="isHigh">Whether the reading is above the upper limit.</param>
    public long DelayOf(bool isHigh) => isHigh ? HighDelayMs ?? DelayMs : DelayMs;
}
