using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Devices.Administration;

namespace Efento.Portal.Tests.Alarms.Rules;

/// <summary>A portal whose rules a test changes.</summary>
public abstract class RulesContext : AdministrationContext
{
    private protected RuleService Service => Portal.Get<RuleService>();

    private protected RuleBook Book => Portal.Get<RuleDirectory>().Book;

    /// <summary>Rules nobody made before the test, in force now, by their keys.</summary>
    private protected IReadOnlyList<AlarmRule> Own =>
        [.. Book.All.Where(r => !r.IsBuiltIn && r.UntilMs == long.MaxValue).OrderBy(r => r.Key, StringComparer.Ordinal)];

    /// <summary>A draft of limits of temperatures.</summary>
    private protected static RuleDraft Limits(string? key = "fridges", RulePlace? place = null, double? low = 2, double? high = 8) => new()
    {
        Key = key,
        Kind = RuleKind.Limits,
        Type = "temperature",
        Place = place ?? RulePlace.Site,
        Conditions = new(null, new LevelConditions { Low = low, High = high, DelayMs = 900_000 }),
    };

    /// <summary>Saves drafts of which nothing is wrong.</summary>
    private protected async Task<IReadOnlyList<RuleChange>> SaveAsync(params RuleDraft[] drafts)
    {
        var outcome = await Service.SaveAsync(Anna, drafts);
        Assert.Empty(outcome.Faults);
        return outcome.Changes;
    }

    /// <summary>What is wrong with drafts, as "path kind".</summary>
    private protected async Task<IEnumerable<string>> FaultsAsync(params RuleDraft[] drafts) =>
        (await Service.SaveAsync(Anna, drafts)).Faults.Select(f => $"{RuleWords.PathOf(f)} {f.Kind}");

    /// <summary>Makes a location at the top and returns its key.</summary>
    private protected async Task<int> LocationAsync(string name, int? parentId = null)
    {
        Assert.Equal(LocationOutcome.Done, await Portal.Get<LocationDecisions>().CreateAsync(Anna, parentId, name));
        return Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == name && l.ParentId == parentId).Id;
    }

    /// <summary>What applies to channel 1 of a logger's point now.</summary>
    private protected async Task<string?> AppliedAsync(string serial)
    {
        await Portal.Get<PlaceLog>().BringUpToDateAsync();
        return Book.TimelineOf((await SeePointAsync(serial)).Id, 1, "temperature", RuleKind.Limits)[^1].Rule?.Key;
    }
}
