using Bunit;
using MudBlazor.Services;

namespace Efento.Portal.Tests.Components;

/// <summary>What a component needs around it. Disposed asynchronously, as MudBlazor's services ask.</summary>
public abstract class PageContext : BunitContext
{
    protected PageContext()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    /// <summary>A fixed moment.</summary>
    protected static DateTimeOffset Noon { get; } = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);
}
