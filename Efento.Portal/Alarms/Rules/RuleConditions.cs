namespace Efento.Portal.Alarms.Rules;

/// <summary>The conditions of a rule. A level that is null raises no alarm.</summary>
/// <param name="Warning">When an alarm is a warning.</param>
/// <param name="Critical">When it is critical.</param>
/// <param name="Margin">
/// How far within the limits a value must be for an alarm to end, in the type's unit; 0 or more. For limits only.
/// </param>
public sealed record RuleConditions(LevelConditions? Warning, LevelConditions? Critical, double Margin = 0)
{
    /// <summary>The conditions of the levels that have any.</summary>
    internal IEnumerable<LevelConditions> Levels => new[] { Warning, Critical }.OfType<LevelConditions>();
}

/// <summary>The conditions of one level of a rule; each kind uses its own.</summary>
public sealed record LevelConditions
{
    /// <summary>Limits: values below it are outside, in the type's unit; null if there is no lower limit.</summary>
    public double? Low { get; init; }

    /// <summary>Limits: values above it are outside, in the type's unit; null if there is no upper limit.</summary>
    public double? High { get; init; }

    /// <summary>For how long the condition has to hold, in ms of measured time; 0: the first reading is enough.</summary>
    public long DelayMs { get; init; }

    /// <summary>
    /// Limits: for how long a value has to be above the upper limit, in ms of measured time; null if it is <see cref="DelayMs"/> as well.
    /// </summary>
    public long? HighDelayMs { get; init; }

    /// <summary>
    /// Limits: the delay is reached when all the time outside within so many ms adds up to it; null if it has to be without a pause.
    /// </summary>
    public long? CumulativeInMs { get; init; }

    /// <summary>Rate: a change by more than this is outside, in the type's unit; above 0.</summary>
    public double? Change { get; init; }

    /// <summary>Rate: the time in which the value changes, in ms.</summary>
    public long? WithinMs { get; init; }

    /// <summary>State: the state that must not last, 1 (open, wet, on, alarm) or 0; 1 if null.</summary>
    public int? Is { get; init; }

    /// <summary>
    /// Signal: weaker is outside, in dBm. Gateway battery and disk: less is outside, in percent.
    /// </summary>
    public double? Below { get; init; }

    /// <summary>Silence: already when a logger is late, and not only when it is silent.</summary>
    public bool? WhenLate { get; init; }
}
