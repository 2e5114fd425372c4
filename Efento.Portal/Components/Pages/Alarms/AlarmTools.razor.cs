using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Alarms;

/// <summary>Lets people answer an alarm. Who may is checked each time.</summary>
public sealed partial class AlarmTools
{
    private (bool IsFault, string Text, DateTimeOffset? AtUtc)? _notice;
    private bool _isBusy;

    /// <summary>The alarm as the user saw it.</summary>
    [Parameter]
    [EditorRequired]
    public AlarmLine Line { get; set; } = null!;

    /// <summary>The open alarms that it explains.</summary>
    [Parameter]
    public IReadOnlyList<int> Explains { get; set; } = [];

    /// <summary>Whether the user may act.</summary>
    [Parameter]
    public bool MayAct { get; set; }

    /// <summary>Called after an action.</summary>
    [Parameter]
    public EventCallback Done { get; set; }

    [Inject]
    private AlarmActions Actions { get; set; } = null!;

    [Inject]
    private AlarmPeople People { get; set; } = null!;

    [Inject]
    private AlarmWordList Words { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ViewPreferences View { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private async Task AcknowledgeAsync()
    {
        var (alarm, explained) = (Line.Alarm.Id, Explains);
        var about = new DialogParameters<AcknowledgeDialog>
        {
            { d => d.Words, await Words.ReadAsync() }, { d => d.Explained, explained.Count },
        };
        if (await AskAsync<AcknowledgeDialog, AcknowledgeDialog.Given>(about) is not { } given)
        {
            return;
        }

        await RunAsync(AlarmsText.Acknowledged(1), (scope, actor) => Actions.AcknowledgeAsync(scope, actor, alarm, given.Said));
        foreach (var other in given.WithExplained && _notice is { IsFault: false } ? explained : [])
        {
            await RunAsync(
                AlarmsText.Acknowledged(1 + explained.Count), (scope, actor) => Actions.AcknowledgeAsync(scope, actor, other, given.Said));
        }
    }

    private Task TakeOnAsync(SeenAlarm seen) =>
        RunAsync(AlarmsText.TakenOn, (scope, actor) => Actions.TakeOnAsync(scope, actor, seen));

    private async Task HandOverAsync(SeenAlarm seen)
    {
        var about = new DialogParameters<HandOverDialog> { { d => d.People, await People.ListAsync(seen.Id) } };
        if (await AskAsync<HandOverDialog, string>(about) is { } to)
        {
            await RunAsync(AlarmsText.HandedOver(to), (scope, actor) => Actions.HandOverAsync(scope, actor, seen, to));
        }
    }

    private async Task SnoozeAsync(SeenAlarm seen)
    {
        var about = new DialogParameters<SnoozeDialog>
        {
            { d => d.Zone, await Js.ZoneAsync(Assets, View) }, { d => d.Left, AlarmActions.MostSnoozes - Line.Alarm.Snoozes },
        };
        if (await AskAsync<SnoozeDialog, SnoozeDialog.Given>(about) is { } given)
        {
            await RunAsync(
                AlarmsText.Snoozed,
                (scope, actor) => Actions.SnoozeAsync(scope, actor, seen, given.UntilUtc - Clock.GetUtcNow(), given.Reason));
        }
    }

    private async Task CloseAsync(SeenAlarm seen)
    {
        if (await AskAsync<CloseDialog, string>([]) is { } reason)
        {
            await RunAsync(AlarmsText.Closed, (scope, actor) => Actions.CloseAsync(scope, actor, seen, reason));
        }
    }

    private Task<TGiven?> AskAsync<TDialog, TGiven>(DialogParameters about)
        where TDialog : IComponent
        where TGiven : class => Dialogs.AskAsync<TDialog, TGiven>(null, about, DialogAnswers.Fields);

    private async Task RunAsync(string done, Func<SiteScope, Actor, Task<AlarmOutcome>> action)
    {
        _isBusy = true;
        AlarmOutcome? outcome = null;
        var prevented = await Person.TryAsync(Policies.Operate, async actor =>
        {
            outcome = await action(await Person.ScopeAsync(), actor);
            return AlarmWords.Fault(outcome);
        });
        _notice = prevented is null ? (false, done, null) : (true, prevented, outcome?.AtUtc);
        _isBusy = false;
        await Done.InvokeAsync();
    }
}
