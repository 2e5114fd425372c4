using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>A dialog that changes a token: asks anew who acts, says what is wrong, and closes when it is done.</summary>
public abstract class TokenDialog : ComponentBase
{
    /// <summary>How dialogs of this page look.</summary>
    public static DialogOptions Look { get; } = new() { FullWidth = true, MaxWidth = MaxWidth.Small, CloseOnEscapeKey = true, BackdropClick = false, CloseButton = true };

    /// <summary>What is wrong; empty before the first try.</summary>
    protected IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Whether it is being done.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Who acts.</summary>
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

    /// <summary>Closes it, nothing done.</summary>
    protected void Cancel() => Dialog.Cancel();

    /// <summary>Does it as whoever acts now, and closes with what came of it if nothing was wrong.</summary>
    protected async Task TryAsync(Func<Actor, Task<(object? Result, IReadOnlyList<string> Faults)>> change)
    {
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        try
        {
            (var result, Faults) = await change(await Person.RequireAsync(Policies.Administer));
            if (Faults.Count == 0)
            {
                Dialog.Close(DialogResult.Ok(result));
            }
        }
        catch (NotAllowedException)
        {
            Faults = [TokensText.NotAllowed];
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            Faults = [TokensText.NothingChanged(StoreHealth.InWords(database))];
        }
        finally
        {
            IsBusy = false;
        }
    }
}
