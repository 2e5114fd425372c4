using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>The conditions of a rule in the user's language and units.</summary>
internal static class AlarmRuleWords
{
    /// <summary>The levels of a rule that raise alarms, the critical one first.</summary>
    public static IEnumerable<(AlarmLevel Level, LevelConditions Of)> Levels(RuleConditions conditions) =>
        from level in ((AlarmLevel Level, LevelConditions? Of)[])
            [(AlarmLevel.Critical, conditions.Critical), (AlarmLevel.Warning, conditions.Warning)]
        where level.Of is not null
        select (level.Level, level.Of);

    /// <summary>A level with its conditions, such as "Critical: below 2 °C or above 8 °C, for 15 min".</summary>
    public static string Of(AlarmLevel level, RuleKind kind, string? type, LevelConditions its, Units units) =>
        $"{AlarmWords.Level(level)}: {Conditions(kind, type, its, units)}";

    /// <summary>The conditions of a level, such as "below 2 °C or above 8 °C, for 15 min".</summary>
    public static string Conditions(RuleKind kind, string? type, LevelConditions its, Units units)
    {
        var hasDelay = RuleShape.Of(kind, type).Fields.HasFlag(LevelFields.Delay);
        string?[] parts = [What(kind, type, its, units), hasDelay ? Delay(its) : null, HighDelay(its), Cumulative(its)];
        return string.Join(", ", parts.OfType<string>().DefaultIfEmpty(AlarmText.RuleAtOnce));
    }

    /// <summary>The word for a state of a binary type.</summary>
    public static string State(string? type, bool isOne) => type is null
        ? isOne ? MeasurementText.On : MeasurementText.Off
        : MeasurementWords.State(MeasurementTypes.Get(type), isOne);

    /// <summary>What a logger must not be.</summary>
    public static string Silence(bool whenLate) => whenLate ? AlarmText.RuleLate : AlarmText.RuleSilent;

    private static string? What(RuleKind kind, string? type, LevelConditions its, Units units) => kind switch
    {
        RuleKind.Limits => Limits(Figures.Of(type, isDifference: false, units), its),
        RuleKind.Rate => AlarmText.RuleRate(
            Figures.Of(type, isDifference: true, units).InWords(its.Change ?? 0), Span(its.WithinMs ?? 0)),
        RuleKind.State => State(type, its.Is is not 0),
        RuleKind.Silence => Silence(its.WhenLate is true),
        RuleKind.SensorError => AlarmText.RuleNoValue,
        RuleKind.Battery => AlarmText.RuleBatteryLow,
        RuleKind.Signal => AlarmText.RuleWeaker(Figures.Plain(its.Below ?? 0, Figures.Decibels)),
        _ => its.Below is { } share ? AlarmText.RuleBelow(Figures.Plain(share, Figures.Percent)) : null,
    };

    private static string Limits(Figures figures, LevelConditions its) => (its.Low, its.High) switch
    {
        ({ } low, { } high) => AlarmText.RuleOutside(figures.InWords(low), figures.InWords(high)),
        ({ } low, null) => AlarmText.RuleBelow(figures.InWords(low)),
        var (_, high) => AlarmText.RuleAbove(figures.InWords(high ?? 0)),
    };

    private static string Delay(LevelConditions its) => its.DelayMs > 0 ? AlarmText.RuleFor(Span(its.DelayMs)) : AlarmText.RuleAtOnce;

    private static string? HighDelay(LevelConditions its) => its.HighDelayMs is { } delay ? AlarmText.RuleAboveFor(Span(delay)) : null;

    private static string? Cumulative(LevelConditions its) => its.CumulativeInMs is { } window ? AlarmText.RuleInAll(Span(window)) : null;

    private static string Span(long ms) => GatewayWords.Span(ms / 1000);
}
