using Efento.Portal.Access;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>A dialog that changes a token. It checks the user again, shows what is wrong, and closes when it is done.</summary>
public abstract class TokenDialog : ComponentBase
{
    /// <summary>The options of the dialogs on this page.</summary>
    public static DialogOptions Options { get; } = new()
    {
        FullWidth = true,
        MaxWidth = MaxWidth.Small,
        CloseOnEscapeKey = true,
        BackdropClick = false,
        CloseButton = true
    };

    /// <summary>What is wrong; empty before the first attempt.</summary>
    protected IReadOnlyList<string> Faults { get; set; } = [];

    /// <summary>Whether the change is running.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>The user.</summary>
    [Inject]
    protected CurrentPerson Person { get; set; } = null!;

    /// <summary>Changes tokens.</summary>
    [Inject]
    protected TokenIssuer Issuer { get; set; } = null!;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Whether each text fits its field. Those that do not are shown as at the field.</summary>
    protected bool Fits(params IEnumerable<(string Label, string? Text, int Most)> fields)
    {
        Faults = [.. fields.Where(f => !TextLimit.Fits(f.Text, f.Most)).Select(f => $"{f.Label}: {TextLimit.Of(f.Most)(f.Text)}")];
        return Faults.Count == 0;
    }

    /// <summary>Closes the dialog without a change.</summary>
    protected void Cancel() => Dialog.Cancel();

    /// <summary>Makes the change as the user, and closes the dialog with the result if nothing was wrong.</summary>
    protected async Task TryAsync(Func<Actor, Task<(object? Result, IReadOnlyList<AccessFault> Faults)>> change)
    {
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        object? result = null;
        Faults = await Person.TryAllAsync(Policies.Administer, async actor =>
        {
            (result, var faults) = await change(actor);
            return faults;
        });
        IsBusy = false;
        if (Faults.Count == 0)
        {
            Dialog.Close(DialogResult.Ok(result));
        }
    }
}
