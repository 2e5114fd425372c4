using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Alarms.Standing;

/// <summary>Something that holds now and is not judged reading by reading: a silent logger, a gateway offline, a full disk.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Rule">The version of the rule that says so.</param>
/// <param name="Level">How bad it is; null if it can't be told now, so that neither an alarm begins nor one ends.</param>
/// <param name="SinceMs">Since when it holds, Unix ms.</param>
/// <param name="AfterMs">When it last did not hold, Unix ms; null if that is not known.</param>
internal sealed record StandingCondition(AlarmSubject Subject, AlarmRule Rule, AlarmLevel? Level, long SinceMs, long? AfterMs = null)
{
    /// <summary>The figure that is shown; null if there is none.</summary>
    public double? Figure { get; init; }

    /// <summary>The limit that the figure is beyond; null if there is none.</summary>
    public double? Limit { get; init; }

    /// <summary>The logger; null if it is about none.</summary>
    public int? LoggerId { get; init; }

    /// <summary>What explains it, if there is an alarm about that; null if nothing does.</summary>
    public AlarmSubject? Cause { get; init; }

    /// <summary>How long after its cause has ended it may still end by itself, in ms. If it goes on then, it speaks for itself.</summary>
    public long PatienceMs { get; init; }

    /// <summary>The condition of a rule; null if none of its levels is reached.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="rule">The version of the rule in force; null for none.</param>
    /// <param name="now">The present time.</param>
    /// <param name="sinceMs">Since when it holds, Unix ms.</param>
    /// <param name="holds">Whether it holds for the conditions of a level.</param>
    public static StandingCondition? Of(
        AlarmSubject subject, AlarmRule? rule, DateTimeOffset now, long sinceMs, Func<LevelConditions, bool> holds)
    {
        var ageMs = now.ToUnixTimeMilliseconds() - sinceMs;
        bool Reaches(LevelConditions? level) => level is not null && ageMs >= level.DelayMs && holds(level);
        return rule is null ? null
            : Reaches(rule.Conditions.Critical) ? new(subject, rule, AlarmLevel.Critical, sinceMs)
            : Reaches(rule.Conditions.Warning) ? new(subject, rule, AlarmLevel.Warning, sinceMs)
            : null;
    }
}
