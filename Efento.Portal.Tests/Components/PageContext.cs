using Bunit;
using Efento.Portal.Components.Browser;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Efento.Portal.Tests.Components;

/// <summary>What a component needs around it. Disposed asynchronously, as MudBlazor's services ask.</summary>
public abstract class PageContext : BunitContext
{
    static PageContext() => DefaultWaitTimeout = Until.Patience;

    protected PageContext()
    {
        Services.AddMudServices();
        AddBunitPersistentComponentState();
        Services.AddSingleton<HandoverShelf>();
        Services.AddScoped<Handover>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./assets/chart.js").Setup<string>("zone").SetResult("Etc/UTC");
    }

    /// <summary>A fixed moment.</summary>
    protected static DateTimeOffset Noon { get; } = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);
}
