using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Screens;

/// <summary>
/// The links of screens that show the wall board: create them, see when each screen was last connected, switch its sound, revoke them.
/// </summary>
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
    private PageLinks Addresses { get; set; } = null!;

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
        // The names of locations are part of what a screen shows.
        Follow(new LiveKey(LiveTopic.Inventory));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void OnDispose() => Directory.Changed -= ShowChange;

    private async Task MakeAsync()
    {
        if (await Dialogs.AskAsync<ScreenDialog, ScreenDraft>(ScreensText.Make, []) is { } draft)
        {
            await DoAsync(async actor =>
            {
                var made = await Links.MakeAsync(actor, draft);
                _made = made.Code is { } code ? Addresses.To(ScreenLinks.PathOf(code)) : null;
                return made.Faults;
            });
        }
    }

    private Task SetSoundAsync(Screen screen) =>
        DoAsync(actor => Links.SetSoundAsync(actor, screen.Id, screen.Version, !screen.HasSound));

    private async Task RevokeAsync(Screen screen)
    {
        if (await Dialogs.AskAsync<RevokeScreenDialog, string>(ScreensText.RevokeOf(screen.Name), []) is { } reason)
        {
            await DoAsync(actor => Links.RevokeAsync(actor, screen.Id, screen.Version, reason));
        }
    }

    /// <summary>Runs an action as the user, and shows what is wrong.</summary>
    private async Task DoAsync(Func<Actor, Task<IReadOnlyList<AccessFault>>> action)
    {
        foreach (var fault in await Person.TryAllAsync(Policies.Administer, action))
        {
            Snackbar.Add(fault, Severity.Error);
        }

        await ReloadAsync();
    }

    private void ShowChange() => _ = ShowChangesAsync();
}
