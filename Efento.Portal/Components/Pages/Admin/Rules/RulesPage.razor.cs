using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>The rules of alarms by place. Administrators make, change and end them.</summary>
public sealed partial class RulesPage
{
    private const string Temperature = "temperature";

    private readonly HashSet<int> _chosen = [];
    [HandedOver]
    private HashSet<string>? _open;
    [HandedOver]
    private RuleNode? _tree;
    [HandedOver]
    private RuleSite? _site;
    [HandedOver]
    private bool _mayChange;

    [Inject]
    private RuleSiteReader Reader { get; set; } = null!;

    [Inject]
    private RuleService Service { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <summary>Whether the user may change rules.</summary>
    internal bool MayChange => _mayChange;

    /// <summary>The user's units.</summary>
    internal Units Units => View.Units;

    /// <summary>The site as it is shown.</summary>
    internal RuleSite Site => _site!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Rules), new LiveKey(LiveTopic.Inventory));
        _mayChange = await Person.MayAsync(Policies.Administer);
        _site = await Reader.ReadAsync();
        _tree = RuleTree.Of(_site.Book, _site.Locations, _site.Points);
        _chosen.IntersectWith(_site.Points.Select(p => p.Id));
        _open ??= [.. _tree.KeysWithRules(), _tree.Key];
    }

    /// <summary>Opens or closes a place.</summary>
    internal void Toggle(RuleNode node)
    {
        if (!_open!.Remove(node.Key))
        {
            _open.Add(node.Key);
        }

        StateHasChanged();
    }

    /// <summary>Asks for a new rule for a place.</summary>
    internal Task AddAsync(RulePlace place) => EditAsync(RulesPageText.AddRule, new RuleDraft
    {
        Kind = RuleKind.Limits,
        Type = Site.TypesAt(place).FirstOrDefault(t => t.Kind is not MeasurementKind.Binary)?.Key ?? Temperature,
        Place = place,
    });

    /// <summary>Asks for a change of a rule.</summary>
    internal Task ChangeAsync(AlarmRule rule) => EditAsync(RulesPageText.ChangeRule, RuleDraft.Of(rule));

    /// <summary>Asks for a rule of a point's own, which begins as the one that applies there.</summary>
    internal Task SetOwnAsync(int pointId, AppliedAt applied) => EditAsync(RulesPageText.AddRule, new RuleDraft
    {
        Kind = applied.Kind,
        Type = applied.Type?.Key,
        Place = new() { PointId = pointId },
        Conditions = applied.Rule?.Conditions ?? new(null, null),
    });

    /// <summary>Whether a measuring point is chosen.</summary>
    internal bool IsChosen(int pointId) => _chosen.Contains(pointId);

    /// <summary>Chooses a measuring point, or not any more.</summary>
    internal void Choose(int pointId)
    {
        if (!_chosen.Remove(pointId))
        {
            _chosen.Add(pointId);
        }

        StateHasChanged();
    }

    /// <summary>Asks for a template, and sets its rules at a place.</summary>
    internal Task UseTemplateAsync(RulePlace place) => UseTemplateAsync(RulesPageText.TemplateFor(Site.NameOf(place)), [place]);

    private async Task UseTemplateForChosenAsync()
    {
        var places = _chosen.Select(id => new RulePlace { PointId = id }).ToList();
        if (await UseTemplateAsync(RulesPageText.TemplateForChosen(places.Count), places))
        {
            _chosen.Clear();
        }
    }

    /// <summary>Sets the rules of a template at places, all or none; true if it is done.</summary>
    private async Task<bool> UseTemplateAsync(string title, IReadOnlyList<RulePlace> places) =>
        await Dialogs.AskAsync<TemplateDialog, RuleTemplate>(
            title, new() { [nameof(TemplateDialog.Units)] = Units }, DialogAnswers.Fields) is { } template
        && await DoAsync(actor => Service.SaveAsync(actor, [.. places.SelectMany(place => template.For(place, Site.Book))]));

    /// <summary>Asks whether a rule shall end, and ends it.</summary>
    internal async Task EndAsync(AlarmRule rule)
    {
        DialogParameters about = new()
        {
            [nameof(EndRuleDialog.Rule)] = rule,
            [nameof(EndRuleDialog.Site)] = Site,
            [nameof(EndRuleDialog.Units)] = Units,
        };
        if (await Dialogs.AskAsync<EndRuleDialog, string>(RulesPageText.EndThis, about, DialogAnswers.Fields) is { } reason)
        {
            await DoAsync(actor => Service.EndAsync(actor, [new(rule.Key, rule.Version)], reason.Length == 0 ? null : reason));
        }
    }

    private async Task EditAsync(string title, RuleDraft draft)
    {
        DialogParameters about = new()
        {
            [nameof(RuleDialog.Draft)] = draft,
            [nameof(RuleDialog.Site)] = Site,
        };
        if (await Dialogs.AskAsync<RuleDialog, RuleOutcome>(title, about, RuleDialog.Options) is { } outcome)
        {
            Snackbar.Add(outcome.Changes.Count > 0 ? RulesPageText.Saved : RulesPageText.NothingToChange, Severity.Success);
            await ReloadAsync();
        }
    }

    /// <summary>Makes a change as the user, shows its result, and loads the page again; true if it is done.</summary>
    private async Task<bool> DoAsync(Func<Actor, Task<RuleOutcome>> change)
    {
        var prevented = await Person.TryAsync(Policies.Administer, async actor =>
            (await change(actor)).Faults is [var fault, ..] ? RulesPageWords.Fault(fault, null, Units) : null);
        Snackbar.Add(prevented ?? RulesPageText.Saved, prevented is null ? Severity.Success : Severity.Error);
        await ReloadAsync();
        return prevented is null;
    }
}
