namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>The fields of a level's conditions.</summary>
[Flags]
public enum LevelFields
{
    None = 0,
    Low = 1,
    High = 2,
    Delay = 4,
    CumulativeIn = 8,
    Change = 16,
    Within = 32,
    Is = 64,
    Below = 128,
    When = 256,
    HighDelay = 512,
}

/// <summary>What rules of a kind have.</summary>
/// <param name="Fields">The fields of a level.</param>
/// <param name="IsOfChannel">Whether it is about channels, with their types.</param>
/// <param name="NeedsType">Whether it makes sense for one type alone.</param>
/// <param name="Subjects">What it can watch, in place of a type; null if it is about types, or about the whole logger.</param>
public sealed record RuleShape(
    LevelFields Fields, bool IsOfChannel = false, bool NeedsType = false, IReadOnlyList<string>? Subjects = null)
{
    private const LevelFields Limits =
        LevelFields.Low | LevelFields.High | LevelFields.Delay | LevelFields.HighDelay | LevelFields.CumulativeIn;

    /// <summary>What rules of a kind have; for gateways and the portal it depends on what is watched.</summary>
    public static RuleShape Of(RuleKind kind, string? type) => kind switch
    {
        RuleKind.Limits => new(Limits, IsOfChannel: true, NeedsType: true),
        RuleKind.Rate => new(LevelFields.Change | LevelFields.Within, IsOfChannel: true, NeedsType: true),
        RuleKind.State => new(LevelFields.Is | LevelFields.Delay, IsOfChannel: true, NeedsType: true),
        RuleKind.Silence => new(LevelFields.When),
        RuleKind.SensorError => new(LevelFields.Delay, IsOfChannel: true),
        RuleKind.Battery => new(LevelFields.None),
        RuleKind.Signal => new(LevelFields.Below | LevelFields.Delay),
        RuleKind.Gateway => new(OfSubject(type), NeedsType: true, Subjects: RuleSubjects.OfGateways),
        RuleKind.Portal => new(OfSubject(type), NeedsType: true, Subjects: RuleSubjects.OfPortal),
        _ => throw new NotSupportedException($"{kind} is no kind of rule."),
    };

    private static LevelFields OfSubject(string? subject) => subject switch
    {
        RuleSubjects.Offline or RuleSubjects.OnBattery => LevelFields.Delay,
        RuleSubjects.LowBattery or RuleSubjects.Disk => LevelFields.Below,
        _ => LevelFields.None,
    };
}
