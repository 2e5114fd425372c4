using Efento.Portal.Access;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.People;

/// <summary>Shows the name of the site, also after somebody has changed it.</summary>
public abstract class SiteComponent : ComponentBase, IDisposable
{
    /// <summary>The name of the site.</summary>
    protected string Called { get; private set; } = "";

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    private string Name => People.Site?.Name ?? "Efento Portal";

    /// <inheritdoc/>
    public void Dispose()
    {
        People.Changed -= Follow;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Called = Name;
        if (RendererInfo.IsInteractive)
        {
            People.Changed += Follow;
        }
    }

    private void Follow()
    {
        if (Called != Name)
        {
            _ = InvokeAsync(() =>
            {
                Called = Name;
                StateHasChanged();
            });
        }
    }
}
