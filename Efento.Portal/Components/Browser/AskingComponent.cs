using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Browser;

/// <summary>
/// A component that shows what it asks for. The answer may come late: in its circuit the component shows what it showed while
/// prerendering, by the fields marked <see cref="HandedOverAttribute"/>, until it has an answer of its own.
/// </summary>
public abstract class AskingComponent : ComponentBase
{
    [Inject]
    private Handover Handover { get; set; } = null!;

    /// <summary>Asks for everything shown.</summary>
    protected abstract Task LoadAsync();

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            Handover.Take(this);
        }
        else
        {
            Handover.Keep(this);
        }
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LoadAsync();
}
