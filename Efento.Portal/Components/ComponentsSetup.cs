using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Components.Pages.Admin.Loggers;
using Efento.Portal.Components.Pages.Admin.Rules;
using Efento.Portal.Components.Pages.Alarms;
using Efento.Portal.Components.Pages.Answer;
using Efento.Portal.Components.Pages.Compare;
using Efento.Portal.Components.Pages.Help;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Components.Pages.Wall;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Connections;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Streaming;
using Efento.Portal.Transport;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;

namespace Efento.Portal.Components;

/// <summary>Registers and maps the pages: Blazor Server, MudBlazor and the browser's files.</summary>
internal static class ComponentsSetup
{
    /// <summary>
    /// The number of pages that are kept for three minutes after their browser disappeared, in case it returns. Each holds its whole render
    /// tree in memory. Beyond this number, the oldest ones are dropped, and their browsers load them again.
    /// </summary>
    private const int MostLeftPages = 30;

    /// <summary>Registers what the pages need.</summary>
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        // Also needed for "dotnet run" in Production, where the host would look for the packages' files in a publish folder only.
        builder.WebHost.UseStaticWebAssets();
        // The fallback would handle every GET, so a GET on a gateway route would be 404 instead of 405.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = bool.TrueString;
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(
            circuits => circuits.DisconnectedCircuitMaxRetained = MostLeftPages);
        builder.Services.AddMudServices();
        builder.Services.AddSingleton<MudLocalizer, MudWords>();
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "efento-portal-form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // PageHeaders sets a stricter header.
            forms.SuppressXFrameOptionsHeader = true;
        });
        builder.Services.AddResponseCompression(compression =>
        {
            // A publish folder already has compressed assets; the assets of packages are not beside a build.
            compression.MimeTypes = ["text/html", "text/css", "text/javascript"];
            compression.EnableForHttps = true;
        });
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<AuthenticationStateProvider, CircuitPerson>();
        builder.Services.AddScoped<CurrentPerson>();
        builder.Services.AddScoped<PageLinks>();
        builder.Services.AddScoped<ViewPreferences>();
        builder.Services.AddScoped<CircuitHandler, CircuitLanguage>();
        builder.Services.AddExceptionHandler<PlainErrors>();
        builder.Services.AddSingleton<BrowserCookie>();
        builder.Services.AddSingleton<ServerAddresses>();
        builder.Services.AddSingleton<TileMarkup>();
        builder.Services.AddSingleton<IAlarmPhrases, AlarmPhrases>();
        builder.Services.AddSingleton<PointCsv>();
        builder.Services.AddSingleton<HelpBook>();
        builder.Services.AddSingleton<PortalVersion>();
        builder.Services.AddSingleton<RuleSiteReader>();
        builder.Services.AddSingleton<ComparisonQuery>();
        builder.Services.AddSingleton<CompareCsv>();
        builder.Services.AddSingleton<OverviewPictures>();
        builder.Services.AddSingleton<ILiveTiles, WallTiles>();
        builder.Services.AddSingleton<HandoverShelf>();
        builder.Services.AddScoped<Handover>();
        builder.Services.AddScoped<BrowserPresence>();
        builder.Services.AddScoped<CircuitHandler>(circuit => circuit.GetRequiredService<BrowserPresence>());
        return builder;
    }

    /// <summary>Maps the pages, the browser's files, and the pages for errors.</summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        // Made at the start, whose time it tells.
        app.Services.GetRequiredService<PortalVersion>();
        app.UseRequestHost();
        app.UseResponseCompression();
        app.UseMiddleware<PageHeaders>();
        if (!app.Environment.IsDevelopment())
        {
            // Errors with a plain response are logged as well.
            app.UseExceptionHandler(
                new ExceptionHandlerOptions
                {
                    ExceptionHandlingPath = "/error",
                    CreateScopeForErrors = true,
                    SuppressDiagnosticsCallback = _ => false
                });
        }

        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(KeepBareAnswers);
        app.UseMiddleware<OwnOrigin>();

        // After the middleware that runs a request again for an error page, because that page needs the user as well.
        app.UseAuthentication();
        app.Use(PageLanguage.InvokeAsync);
        app.UseAuthorization();
        app.UseHeldConnections();
        app.UseAntiforgery();
        app.Use(OutdatedForm.InvokeAsync);
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(OwnPolicy)
            .WithMetadata(new PageMark())
            .RequireAuthorization(Policies.View);
        app.MapPeople();
        app.MapDevices();
        app.MapWall();
        app.MapAnswers();
        app.MapDrills();
        PointCsv.Map(app);
        NamesDownload.Map(app);
        AlarmsCsv.Map(app);
        CompareCsv.Map(app);
        return app;
    }

    // Blazor would send its own Content-Security-Policy beside that of PageHeaders, which already forbids framing.
    private static void OwnPolicy(ServerComponentsEndpointOptions server) => server.ContentSecurityFrameAncestorsPolicy = null;

    private static Task KeepBareAnswers(HttpContext context, RequestDelegate next)
    {
        if (!WantsPage(context.Request, context.GetEndpoint()) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    // Browsers get an error page; gateways and programs get a plain response. No endpoint: a mistyped address.
    private static bool WantsPage(HttpRequest request, Endpoint? endpoint) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && (endpoint is null || endpoint.Metadata.GetMetadata<PageMark>() is not null);

    private sealed class PlainErrors : IExceptionHandler
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
