using Efento.Portal.Access;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Ingest.Quarantine;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Quarantine;

/// <summary>Reads items again or discards them; the user's rights are checked each time.</summary>
public sealed partial class QuarantineTools
{
    private (Severity Severity, string Text)? _notice;
    private bool _isBusy;

    /// <summary>The items as the user saw them.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<QuarantineKey> Keys { get; set; } = [];

    /// <summary>Called after an action.</summary>
    [Parameter]
    public EventCallback Done { get; set; }

    [Inject]
    private QuarantineReader Reader { get; set; } = null!;

    [Inject]
    private QuarantineDiscard Bin { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    /// <summary>Reads the items again, one by one.</summary>
    internal Task ReadAgainAsync(IReadOnlyList<QuarantineKey> keys) => RunAsync(async actor =>
    {
        List<ReadAgainOutcome> outcomes = [];
        foreach (var key in keys)
        {
            outcomes.Add(await Reader.ReadAsync(actor, key));
            Notice(Severity.Info, QuarantinePageText.Reading(Counted.Number(outcomes.Count), Counted.Number(keys.Count)));
            StateHasChanged();
        }

        Notice(
            outcomes.TrueForAll(o => o.Verdict is ReadAgainVerdict.Read) ? Severity.Success : Severity.Warning,
            QuarantineWords.ReadAgain(outcomes));
    });

    /// <summary>Asks for the reason and discards the items.</summary>
    internal async Task DiscardAsync(IReadOnlyList<QuarantineKey> keys)
    {
        if (
            await Dialogs.AskAsync<DiscardDialog,
            string>(null, new DialogParameters<DiscardDialog> { { d => d.Count, keys.Count } }) is { } reason)
        {
            await DiscardAsync(keys, reason);
        }
    }

    /// <summary>Discards items.</summary>
    internal Task DiscardAsync(IReadOnlyList<QuarantineKey> keys, string reason) => RunAsync(async actor =>
    {
        var discarded = await Bin.DiscardAsync(actor, keys, reason);
        Notice(discarded == keys.Count ? Severity.Success : Severity.Warning, QuarantineWords.Discarded(discarded, keys.Count));
    });

    private async Task RunAsync(Func<Actor, Task> action)
    {
        _isBusy = true;
        var prevented = await Person.TryAsync(
            Policies.Administer,
            async actor =>
            {
                await action(actor);
                return null;
            },
            QuarantinePageText.NotAll);
        if (prevented is not null)
        {
            Notice(Severity.Error, prevented);
        }

        _isBusy = false;
        StateHasChanged();
        await Done.InvokeAsync();
    }

    private void Notice(Severity severity, string text) => _notice = (severity, text);
}
