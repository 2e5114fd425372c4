using Efento.Portal.Notifications.Documents;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>Asks for a person, a rota or a chain. It closes when that is saved, and says what is wrong until then.</summary>
public abstract class EntryDialog : ComponentBase
{
    private bool _isBusy;

    /// <summary>The options of the dialog; a click beside it does not throw away what was typed.</summary>
    public static DialogOptions Options { get; } =
        new() { FullWidth = true, MaxWidth = MaxWidth.Small, CloseOnEscapeKey = true, BackdropClick = false, CloseButton = true };

    /// <summary>The entry as it is; null for a new one.</summary>
    [Parameter]
    public NotificationEntry? Seen { get; set; }

    /// <summary>What there is to choose from.</summary>
    [Parameter, EditorRequired]
    public NotificationSite Site { get; set; } = null!;

    /// <summary>Saves it, and returns what is wrong with it.</summary>
    [Parameter, EditorRequired]
    public Func<NotificationEntry, Task<IReadOnlyList<string>>> Save { get; set; } = null!;

    /// <summary>The dialog.</summary>
    [CascadingParameter]
    protected IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What is wrong.</summary>
    protected IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>What was entered.</summary>
    protected abstract NotificationEntry Entered();

    /// <summary>Takes what there is into the fields.</summary>
    protected abstract void Take(NotificationEntry seen);

    /// <inheritdoc/>
    protected override void OnInitialized() => Take(Seen ?? NotificationEntry.None);

    /// <summary>Saves what was entered.</summary>
    protected async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        var entered = Entered();
        Faults = await Save(entered);
        _isBusy = false;
        if (Faults.Count == 0)
        {
            Dialog.Close(entered);
        }
    }
}
