using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Components.Pages.Wall;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Connections;
using Efento.Portal.Transport;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;

namespace Efento.Portal.Components;

/// <summary>The pages: Blazor Server, MudBlazor and the browser's files.</summary>
public static class ComponentsSetup
{
    /// <summary>Registers what the pages need.</summary>
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        // Also under "dotnet run" in Production, where the host would look for the packages' files in a publish folder only.
        builder.WebHost.UseStaticWebAssets();
        // It would look at every GET, and a GET on a gateway route would be 404 instead of 405.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = bool.TrueString;
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddSingleton<MudLocalizer, MudWords>();
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "efento-portal-form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // PageHeaders says it, more strictly.
            forms.SuppressXFrameOptionsHeader = true;
        });
        builder.Services.AddResponseCompression(compression =>
        {
            // A publish folder has its assets compressed already; those of packages are not beside a build.
            compression.MimeTypes = ["text/html", "text/css", "text/javascript"];
            compression.EnableForHttps = true;
        });
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<AuthenticationStateProvider, CircuitPerson>();
        builder.Services.AddScoped<CurrentPerson>();
        builder.Services.AddScoped<ViewPreferences>();
        builder.Services.AddScoped<CircuitHandler, CircuitLanguage>();
        builder.Services.AddExceptionHandler<BareErrors>();
        builder.Services.AddSingleton<ServerAddresses>();
        builder.Services.AddSingleton<TileMarkup>();
        builder.Services.AddSingleton<OverviewPictures>();
        builder.Services.AddScoped<BrowserPresence>();
        builder.Services.AddScoped<CircuitHandler>(circuit => circuit.GetRequiredService<BrowserPresence>());
        return builder;
    }

    /// <summary>Maps the pages, the browser's files and what a person sees when something is missing or fails.</summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        app.UseRequestHost();
        app.UseResponseCompression();
        app.UseMiddleware<PageHeaders>();
        if (!app.Environment.IsDevelopment())
        {
            // What is answered barely is logged all the same.
            app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", CreateScopeForErrors = true, SuppressDiagnosticsCallback = _ => false });
        }

        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(KeepBareAnswers);
        app.Use(OwnOrigin.InvokeAsync);

        // After what runs a request again for the page that explains: that page asks who looks, too.
        app.UseAuthentication();
        app.Use(PageLanguage.InvokeAsync);
        app.UseAuthorization();
        app.UseHeldConnections();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(OwnPolicy).WithMetadata(new PageMark()).RequireAuthorization(Policies.Look);
        app.MapPeople();
        app.MapWall();
        return app;
    }

    // It would send a Content-Security-Policy of its own beside that of PageHeaders, which refuses framing too.
    private static void OwnPolicy(ServerComponentsEndpointOptions server) => server.ContentSecurityFrameAncestorsPolicy = null;

    private static Task KeepBareAnswers(HttpContext context, RequestDelegate next)
    {
        if (!WantsPage(context.Request, context.GetEndpoint()) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    // A person's browser gets a page that explains; gateways and programs get the bare answer. No endpoint: a mistyped address.
    private static bool WantsPage(HttpRequest request, Endpoint? endpoint) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && (endpoint is null || endpoint.Metadata.GetMetadata<PageMark>() is not null);

    private sealed class BareErrors : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            var isBare = !WantsPage(context.Request, context.Features.Get<IExceptionHandlerFeature>()?.Endpoint);
            if (isBare)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }

            return ValueTask.FromResult(isBare);
        }
    }
}
