using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Simulation;
using Efento.Portal.Simulation.Scenarios;

namespace Efento.Portal.Demo;

/// <summary>Makes the rules of the demo: a template for each point that has goods in it, and rules for the whole site.</summary>
internal sealed class DemoRules(RuleService service, RuleDirectory rules, DemoWords words)
{
    private const long Minute = 60_000;

    /// <summary>Makes them, unless the settings name others. They are in force from now on.</summary>
    public async Task MakeAsync(Scenario scenario, CancellationToken stopping)
    {
        if (rules.Book.All.Any(rule => !rule.IsBuiltIn))
        {
            return;
        }

        RuleDraft[] all =
        [
            .. Template("leak", RulePlace.Site),
            .. Template("door", RulePlace.Site),
            .. OfSite,
            .. scenario.Named.SelectMany(Of),
            OfEntrance(scenario),
            OfSilence(scenario),
        ];
        var outcome = await service.SaveAsync(DemoStaff.Actor, all, cancellationToken: stopping);
        DemoStaff.Check(outcome.IsDone, $"make rules: {string.Join(' ', outcome.Faults.Select(RuleWords.InWords))}");
    }

    /// <summary>What holds everywhere: humidity in %, carbon dioxide in ppm, pressure in Pa, signal in dBm.</summary>
    private static IEnumerable<RuleDraft> OfSite =>
    [
        Limits("humidity", new() { Low = 25, High = 75, DelayMs = 60 * Minute }),
        Limits("co2", new() { High = 1_500, DelayMs = 30 * Minute }),
        Limits("pressure_diff", new() { Low = 5, DelayMs = 10 * Minute }),
        new() { Kind = RuleKind.Signal, Conditions = new(new() { Below = -100, DelayMs = 120 * Minute }, null) },
        new() { Kind = RuleKind.Gateway, Type = RuleSubjects.LowBattery, Conditions = new(null, new() { Below = 20 }) },
    ];

    private IEnumerable<RuleDraft> Of(ScenarioLogger logger) =>
        logger.Template is { } template ? Template(template, new() { Serial = logger.Device.Serial }) : [];

    private IEnumerable<RuleDraft> Template(string key, RulePlace place) =>
        RuleTemplates.All.Single(t => t.Key == key).For(place, rules.Book);

    /// <summary>A porter sees whether the main entrance is open.</summary>
    private RuleDraft OfEntrance(Scenario scenario) => new()
    {
        Kind = RuleKind.State,
        Type = "open-close",
        Place = new() { Serial = scenario.Named.Single(l => l.Device.Kind == LoggerKind.Door).Device.Serial },
        IsEnabled = false,
        Reason = words.EntranceOff,
    };

    /// <summary>Where medicines are stored, a logger that is silent is critical.</summary>
    private static RuleDraft OfSilence(Scenario scenario) => new()
    {
        Kind = RuleKind.Silence,
        Place = new() { Path = [scenario.Named.First(l => l.Template == "vaccine-fridge").Location[0]] },
        Conditions = new(null, new()),
    };

    private static RuleDraft Limits(string type, LevelConditions warning) =>
        new() { Kind = RuleKind.Limits, Type = type, Conditions = new(warning, null) };
}
