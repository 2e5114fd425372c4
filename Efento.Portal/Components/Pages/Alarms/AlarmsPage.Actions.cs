using Efento.Portal.Access;
using Efento.Portal.Alarms.People;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Alarms;

/// <content>What can be done about the selected alarms.</content>
public sealed partial class AlarmsPage
{
    private (bool IsFault, string Text)? _notice;

    [Inject]
    private AlarmActions Actions { get; set; } = null!;

    [Inject]
    private AlarmWordList Words { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    /// <summary>Asks once, and acknowledges the selected alarms one by one, and what they explain if that is wanted.</summary>
    private async Task AcknowledgeAsync()
    {
        var chosen = _open!.Where(l => _chosen.Contains(l.Alarm.Id)).ToList();
        var asked = new DialogParameters<AcknowledgeDialog>
        {
            { d => d.Words, await Words.ReadAsync() }, { d => d.Count, chosen.Count }, { d => d.Explained, chosen.Sum(l => l.Explains) },
        };
        if (await Dialogs.AskAsync<AcknowledgeDialog, AcknowledgeDialog.Given>(null, asked, DialogAnswers.Fields) is not { } given)
        {
            return;
        }

        List<int> alarms = [.. chosen.Select(l => l.Alarm.Id)];
        foreach (var cause in given.WithExplained ? chosen.Where(l => l.Explains > 0) : [])
        {
            var filter = OpenFilter with { CauseId = cause.Alarm.Id };
            alarms.AddRange((await Alarms.ListAsync(await Person.ScopeAsync(), filter, null, int.MaxValue)).Select(l => l.Alarm.Id));
        }

        await AcknowledgeAsync(alarms, given.Said);
    }

    private async Task AcknowledgeAsync(IReadOnlyList<int> alarms, Acknowledgement said)
    {
        List<AlarmOutcome> outcomes = [];
        var prevented = await Person.TryAsync(
            Policies.Operate,
            async actor =>
            {
                foreach (var alarm in alarms)
                {
                    outcomes.Add(await Actions.AcknowledgeAsync(await Person.ScopeAsync(), actor, alarm, said));
                }

                return null;
            },
            fault => outcomes.Count == 0 ? PeopleText.NothingChanged(fault) : AlarmsText.NotAll(fault));
        _notice = prevented is not null ? (true, prevented) : Notice(outcomes);
        _chosen.Clear();
        await ReloadAsync();
    }

    private static (bool IsFault, string Text) Notice(IReadOnlyList<AlarmOutcome> outcomes)
    {
        var done = AlarmsText.Acknowledged(outcomes.Count(o => o.IsDone));
        var faults = outcomes.Select(AlarmWords.Fault).OfType<string>().Distinct().ToList();
        return faults.Count == 0 ? (false, done) : (true, string.Join(' ', faults.Prepend(done)));
    }
}
