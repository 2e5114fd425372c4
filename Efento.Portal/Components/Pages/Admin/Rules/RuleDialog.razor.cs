using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>Makes a rule or changes one, and shows what is wrong beside each field. Closes with the outcome when it is saved.</summary>
public sealed partial class RuleDialog
{
    private RuleForm _form = null!;
    private IReadOnlyList<RuleFault> _faults = [];
    private string? _prevented;
    private bool _isBusy;
    private bool _isEarlier;
    private string? _from;
    private DateTimeOffset? _fromWhich;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>The options of the dialog; a click beside it does not throw away what was typed.</summary>
    public static DialogOptions Options { get; } =
        new() { FullWidth = true, MaxWidth = MaxWidth.Small, CloseOnEscapeKey = true, BackdropClick = false, CloseButton = true };

    /// <summary>What the fields begin with.</summary>
    [Parameter, EditorRequired]
    public RuleDraft Draft { get; set; } = null!;

    /// <summary>The site.</summary>
    [Parameter, EditorRequired]
    public RuleSite Site { get; set; } = null!;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private RuleService Service { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private ViewPreferences View { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>A built-in rule keeps what it watches and where.</summary>
    private bool IsFixed => Site.Book.All.Any(r => r.Key == Draft.Key && r.IsBuiltIn);

    private string? MarginFault => FaultOf("margin");

    private string? ReasonFault => FaultOf("reason");

    /// <summary>All that is wrong: the field it is about may be scrolled out of sight.</summary>
    private IReadOnlyList<string> Faults => _prevented is { } prevented ? [prevented] : [.. _faults.Select(Words).Distinct()];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _form = new(Draft, View.Units);
        if (Draft.Key is null && Draft.Conditions.Levels.Any() is false)
        {
            _form.Critical.IsOn = true;
        }

        _zone = await Js.ZoneAsync(Assets, View);
    }

    private async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_faults, _prevented) = ([], null);
        var from = _isEarlier ? WallTimeField.MomentOf(_zone, _from, _fromWhich) : null;
        if (_isEarlier && from is null)
        {
            _prevented = RulesPageText.ChooseTime;
            return;
        }

        _isBusy = true;
        RuleOutcome? outcome = null;
        _prevented = await Person.TryAsync(Policies.Administer, async actor =>
        {
            outcome = await Service.SaveAsync(actor, [_form.Draft()], from?.ToUnixTimeMilliseconds());
            return null;
        });
        _isBusy = false;
        _faults = outcome?.Faults ?? [];
        if (outcome is { IsDone: true })
        {
            Dialog.Close(outcome);
        }
    }

    /// <summary>The draft if it has no fault; else the faults are shown.</summary>
    private RuleDraft? Checked()
    {
        var draft = _form.Draft();
        (_faults, _prevented) = ([.. RuleChecks.FaultsOf(RuleChecks.Normalised(draft))], null);
        StateHasChanged();
        return _faults.Count == 0 ? draft : null;
    }

    /// <summary>What is wrong with a field; null if nothing is.</summary>
    private string? FaultOf(string field) => _faults.FirstOrDefault(f => f.Field == field) is { } fault ? Words(fault) : null;

    private string Words(RuleFault fault) => RulesPageWords.Fault(fault, _form.Type, View.Units);
}
