using MudBlazor.Services;

namespace Efento.Portal.Components;

/// <summary>The pages: Blazor Server, MudBlazor and the browser's files.</summary>
public static class ComponentsSetup
{
    private const string NotFoundPath = "/not-found";

    /// <summary>Registers what the pages need.</summary>
    public static IHostApplicationBuilder AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        return builder;
    }

    /// <summary>Maps the pages and the browser's files; call it after every other route and middleware.</summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseWhen(WantsPage, page => page.UseExceptionHandler("/error", createScopeForErrors: true));
        }

        app.UseWhen(WantsPage, page => page.UseStatusCodePagesWithReExecute(NotFoundPath, createScopeForStatusCodePages: true));
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    // A person's browser gets a page that explains; gateways and programs get the bare answer.
    private static bool WantsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
