using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Alarms.Evaluation;

/// <summary>Makes of a version of a rule what the evaluation applies to readings.</summary>
internal static class ConditionMaker
{
    /// <summary>The conditions of a version; null if its kind is not judged reading by reading.</summary>
    public static Condition? Of(AlarmRule rule)
    {
        var (warning, critical) = (rule.Conditions.Warning, rule.Conditions.Critical);
        return rule.Kind switch
        {
            RuleKind.Limits => new LimitsCondition(rule.Id, Limits(warning), Limits(critical), rule.Conditions.Margin),
            RuleKind.Rate => new RateCondition(rule.Id, Rate(warning), Rate(critical)),
            RuleKind.State => new StateCondition(
                rule.Id, PatienceOf(warning), PatienceOf(critical), rule.Conditions.Levels.First().Is is not 0),
            RuleKind.SensorError => new SensorErrorCondition(rule.Id, PatienceOf(warning), PatienceOf(critical)),
            RuleKind.Signal => new LimitsCondition(rule.Id, Signal(warning), Signal(critical), margin: 0),
            _ => null,
        };
    }

    private static Patience? PatienceOf(LevelConditions? level) =>
        level is null ? null : new Patience(level.DelayMs, level.CumulativeInMs, level.HighDelayMs);

    private static (Patience Patience, Band Band)? Limits(LevelConditions? level) =>
        level is null
            ? null
            : (PatienceOf(level)!, new Band(level.Low ?? double.NegativeInfinity, level.High ?? double.PositiveInfinity));

    private static (Patience Patience, Band Band)? Signal(LevelConditions? level) =>
        level is null ? null : (PatienceOf(level)!, new Band(level.Below ?? double.NegativeInfinity, double.PositiveInfinity));

    private static RateLimit? Rate(LevelConditions? level) =>
        level is { Change: { } change, WithinMs: { } withinMs } ? new RateLimit(change, withinMs) : null;
}
