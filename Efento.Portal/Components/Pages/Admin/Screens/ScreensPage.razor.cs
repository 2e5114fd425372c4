using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Screens;

/// <summary>The links with which screens on walls show the wall-board: make, see when each was last there, revoke.</summary>
public sealed partial class ScreensPage
{
    private string? _made;

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(2);

    [Inject]
    private ScreenDirectory Directory { get; set; } = null!;

    [Inject]
    private ScreenLinks Links { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive)
        {
            Directory.Changed += ShowChange;
        }
    }

    /// <inheritdoc/>
    protected override Task LoadAsync()
    {
        // What a screen shows is named after locations.
        Follow(new LiveKey(LiveTopic.Inventory));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Leave() => Directory.Changed -= ShowChange;

    private async Task MakeAsync()
    {
        if (await AskAsync<ScreenDialog, ScreenDraft>(ScreensText.Make, []) is { } draft)
        {
            await DoAsync(async actor =>
            {
                var made = await Links.MakeAsync(actor, draft);
                _made = made.Code is { } code ? $"{Navigation.BaseUri}{ScreenLinks.PathOf(code)}" : null;
                return made.Faults;
            });
        }
    }

    private async Task RevokeAsync(Screen screen)
    {
        if (await AskAsync<RevokeScreenDialog, string>(ScreensText.RevokeOf(screen.Name), []) is { } reason)
        {
            await DoAsync(actor => Links.RevokeAsync(actor, screen.Id, screen.Version, reason));
        }
    }

    /// <summary>Does it as whoever looks, and says what is wrong.</summary>
    private async Task DoAsync(Func<Actor, Task<IReadOnlyList<string>>> action)
    {
        try
        {
            foreach (var fault in await action(await Person.RequireAsync(Policies.Administer)))
            {
                Snackbar.Add(fault, Severity.Error);
            }
        }
        catch (NotAllowedException)
        {
            Snackbar.Add(ScreensText.NotAllowed, Severity.Error);
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            Snackbar.Add(ScreensText.NothingChanged(StoreHealth.InWords(database)), Severity.Error);
        }

        await ReloadAsync();
    }

    private async Task<TGiven?> AskAsync<TDialog, TGiven>(string title, DialogParameters parameters)
        where TDialog : IComponent
        where TGiven : class
    {
        var dialog = await Dialogs.ShowAsync<TDialog>(title, parameters);
        return (await dialog.Result)?.Data as TGiven;
    }

    private void ShowChange() => _ = ShowChangesAsync();
}
