using Efento.Portal.Access;

namespace Efento.Portal.Telemetry;

/// <summary>The figures for Prometheus.</summary>
internal static class MetricsEndpoint
{
    /// <summary>The path.</summary>
    public const string Route = "/metrics";

    /// <summary>Maps it.</summary>
    public static void Map(WebApplication app) => app
        .MapPrometheusScrapingEndpoint(Route, meterProvider: null, Prepare, optionsName: null)
        .RequireAuthorization(ApiScopes.MetricsRead)
        .ExcludeFromDescription();

    private static void Prepare(IApplicationBuilder scrape) => scrape.Use(async (context, next) =>
    {
        await context.RequestServices.GetRequiredService<SiteFigures>().CountAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await next(context);
    });
}
