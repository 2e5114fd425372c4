using Efento.Portal.Access;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.People;

/// <summary>A page that shows accounts or sessions, and shows them anew whenever somebody changed them.</summary>
public abstract class PeopleComponent : ComponentBase, IDisposable
{
    private bool _isDisposed;

    /// <summary>Who may sign in, and who is.</summary>
    [Inject]
    protected PeopleDirectory People { get; set; } = null!;

    /// <summary>How whoever looks wants to see values and times.</summary>
    [Inject]
    protected ViewPreferences View { get; set; } = null!;

    /// <summary>Asks for everything shown.</summary>
    protected abstract Task LoadAsync();

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            People.Changed += Show;
        }

        return LoadAsync();
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
            // Whoever changed something may speak another language.
            View.Speak();
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
