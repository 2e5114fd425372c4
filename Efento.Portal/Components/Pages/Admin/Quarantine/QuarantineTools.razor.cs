using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Quarantine;

/// <summary>Reads items again or discards them; whoever asks is checked each time.</summary>
public sealed partial class QuarantineTools
{
    private (Severity Severity, string Text)? _notice;
    private bool _isBusy;

    /// <summary>The items as they were seen.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<QuarantineKey> Keys { get; set; } = [];

    /// <summary>Something was done.</summary>
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
    internal Task ReadAgainAsync(IReadOnlyList<QuarantineKey> keys) => RunAsync(async () =>
    {
        var actor = await Person.RequireAsync(Policies.Administer);
        List<ReadAgainOutcome> outcomes = [];
        foreach (var key in keys)
        {
            outcomes.Add(await Reader.ReadAsync(actor, key));
            Notice(Severity.Info, QuarantinePageText.Reading(Counted.Number(outcomes.Count), Counted.Number(keys.Count)));
            StateHasChanged();
        }

        Notice(outcomes.TrueForAll(o => o.Verdict is ReadAgainVerdict.Read) ? Severity.Success : Severity.Warning, QuarantineWords.ReadAgain(outcomes));
    });

    /// <summary>Asks why, then discards the items.</summary>
    internal async Task DiscardAsync(IReadOnlyList<QuarantineKey> keys)
    {
        var dialog = await Dialogs.ShowAsync<DiscardDialog>(null, new DialogParameters<DiscardDialog> { { d => d.Count, keys.Count } });
        if (await dialog.Result is { Canceled: false, Data: string reason })
        {
            await DiscardAsync(keys, reason);
        }
    }

    /// <summary>Discards items.</summary>
    internal Task DiscardAsync(IReadOnlyList<QuarantineKey> keys, string reason) => RunAsync(async () =>
    {
        var actor = await Person.RequireAsync(Policies.Administer);
        var discarded = await Bin.DiscardAsync(actor, keys, reason);
        Notice(discarded == keys.Count ? Severity.Success : Severity.Warning, QuarantineWords.Discarded(discarded, keys.Count));
    });

    private async Task RunAsync(Func<Task> action)
    {
        _isBusy = true;
        try
        {
            await action();
        }
        catch (NotAllowedException)
        {
            Notice(Severity.Error, QuarantinePageText.NotAllowed);
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException store)
        {
            Notice(Severity.Error, QuarantinePageText.NotAll(StoreHealth.InWords(store)));
        }

        _isBusy = false;
        StateHasChanged();
        await Done.InvokeAsync();
    }

    private void Notice(Severity severity, string text) => _notice = (severity, text);
}
