using Efento.Portal.Alarms.Rules.Editing;

namespace Efento.Portal.Alarms.Rules;

/// <summary>A set of rules for a kind of goods or place.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Rules">The rules, without a place.</param>
public sealed record RuleTemplate(string Key, IReadOnlyList<RuleDraft> Rules)
{
    /// <summary>
    /// The rules for a place. Where the place has a rule of the same kind and type, that one gets another version.
    /// </summary>
    public IReadOnlyList<RuleDraft> For(RulePlace place, RuleBook book)
    {
        var present = book.All.Where(r => r.UntilMs == long.MaxValue && RulePlace.Of(r) == place).ToList();
        return
        [
            .. from rule in Rules.Select(RuleChecks.Normalised)
               let old = present.Find(r => r.Kind == rule.Kind && r.Type == rule.Type)
               select rule with { Place = place, Key = old?.Key, SeenVersion = old?.Version },
        ];
    }
}

/// <summary>
/// The templates. They are what is usual, not what is right for certain goods: the manufacturer's limits come first. Temperatures are in
/// °C, humidity in %.
/// </summary>
public static class RuleTemplates
{
    private const string Temperature = "temperature";
    private const string Humidity = "humidity";
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleTemplate> All { get; } =
    [
        // WHO/PQS: vaccines are spoilt by frost within minutes, and by warmth within hours.
        new("vaccine-fridge", [Limits(Temperature, null, Between(2, 8, 15 * Minute) with { HighDelayMs = 60 * Minute }, 0.5), Sensor]),
        new("freezer", [Limits(Temperature, Above(-15, 15 * Minute), Above(-15, 60 * Minute), 0.5), Sensor]),
        new("ultra-cold", [Limits(Temperature, Above(-60, 10 * Minute), Above(-60, 30 * Minute), 1), Sensor]),
        new("blood", [Limits(Temperature, null, Between(2, 6, 15 * Minute), 0.3), Sensor]),

        // Controlled room temperature: 15–25 °C, with excursions up to 30 °C.
        new("controlled-room", [Limits(Temperature, Between(15, 25, 60 * Minute), Between(15, 30, 15 * Minute), 0.5), Sensor]),

        // ASHRAE: recommended up to 27 °C, allowed up to 32 °C.
        new(
            "server-room",
            [
                Limits(Temperature, Above(27, 10 * Minute), Above(32, 5 * Minute), 0.5),
                Limits(Humidity, Between(20, 80, 30 * Minute), null, 2),
            ]),
        new("museum", [Limits(Humidity, Between(40, 60, 60 * Minute), Between(35, 65, 60 * Minute), 1), Rate(Humidity, 10, 24 * Hour)]),
        new("leak", [State("flooding", null, On(0)), State("leakage", null, On(0))]),
        new("door", [State("openclose", On(5 * Minute), On(30 * Minute))]),
    ];

    /// <summary>Where goods are stored, a sensor that stays without a value is critical.</summary>
    private static RuleDraft Sensor => new()
    {
        Kind = RuleKind.SensorError,
        Conditions = new(new() { DelayMs = 15 * Minute }, new() { DelayMs = 60 * Minute }),
    };

    private static RuleDraft Limits(string type, LevelConditions? warning, LevelConditions? critical, double margin) =>
        new() { Kind = RuleKind.Limits, Type = type, Conditions = new(warning, critical, margin) };

    private static RuleDraft Rate(string type, double change, long withinMs) =>
        new() { Kind = RuleKind.Rate, Type = type, Conditions = new(new() { Change = change, WithinMs = withinMs }, null) };

    private static RuleDraft State(string type, LevelConditions? warning, LevelConditions critical) =>
        new() { Kind = RuleKind.State, Type = type, Conditions = new(warning, critical) };

    private static LevelConditions Between(double low, double high, long delayMs) => new() { Low = low, High = high, DelayMs = delayMs };

    private static LevelConditions Above(double high, long delayMs) => new() { High = high, DelayMs = delayMs };

    private static LevelConditions On(long delayMs) => new() { Is = 1, DelayMs = delayMs };
}
