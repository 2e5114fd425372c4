using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.People;

/// <summary>A page that shows accounts or sessions, and loads them again whenever they change.</summary>
public abstract class PeopleComponent : AskingComponent, IDisposable
{
    private bool _isDisposed;

    /// <summary>The accounts and sessions.</summary>
    [Inject]
    protected PeopleDirectory People { get; set; } = null!;

    /// <summary>The user's preferences for values and times.</summary>
    [Inject]
    protected ViewPreferences View { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive)
        {
            People.Changed += Show;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        People.Changed -= Show;
        GC.SuppressFinalize(this);
    }

    private void Show() => _ = ShowAsync();

    private async Task ShowAsync()
    {
        try
        {
            // Whoever made the change may use another language.
            View.UseLanguage();
            await InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            });
        }
        catch (Exception exception) when (!_isDisposed)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
