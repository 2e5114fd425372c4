using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>The gateways' door.</summary>
public static class IngestSetup
{
    public static void AddIngest(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DeviceTime>();
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<IngestQueue>();
        services.AddSingleton<BodyRoom>();
        services.AddSingleton<IngestFaults>();
        services.AddSingleton<IngestEndpoints>();
        services.AddSingleton<IngestState>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<QuarantineWarnings>();
        services.AddSingleton<QuarantineQuery>();
        services.AddSingleton<QuarantineDiscard>();
        services.AddSingleton<QuarantineReader>();
        services.AddSingleton<QuarantineDownload>();
        services.AddSingleton<GatewayRefusals>();
        services.AddSingleton<WrongPaths>();
        services.AddSingleton<BodyArchive>();
        services.AddSingleton<BodyDownloads>();
        services.AddSingleton<NewDeviceQuota>();
        services.AddSingleton<GatewayResolver>();
        services.AddSingleton<MessageApplier>();
        services.AddSingleton<BatchEffects>();
        services.AddSingleton<LedgerQuery>();
        services.AddSingleton<TokenTraffic>();
        services.AddHostedService<MalformedRequests>();
        services.AddHostedService<KeeperService>();
        services.AddHostedService<StoreWatch>();
        services.AddHostedService<DamageWatch>();
        services.AddHostedService<RetentionService>();
        services.AddSingleton<ClockWatch>();
        services.AddHostedService(portal => portal.GetRequiredService<ClockWatch>());
        services.AddHostedService<IngestWriter>();
        services.AddHealthChecks().AddCheck<IngestHealthCheck>("ingest").AddCheck<ClockHealthCheck>("clock");
    }

    /// <summary>Brings memory in line with the database.</summary>
    public static async Task StartIngestAsync(this IServiceProvider services)
    {
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        services.GetRequiredService<IngestState>().Load(lease);
    }

    /// <summary>Maps the gateway routes and the health of the portal.</summary>
    public static void MapIngest(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<IngestEndpoints>();
        var options = app.Services.GetRequiredService<IOptionsMonitor<IngestOptions>>().CurrentValue;
        app.MapGatewayRoutes(IngestEndpoints.MeasurementPaths.Concat(options.MeasurementPaths), endpoints.TakeMeasurementsAsync);
        app.MapGatewayRoutes(IngestEndpoints.HeartbeatPaths.Concat(options.HeartbeatPaths), endpoints.TakeHeartbeatAsync);
        app.Use(app.Services.GetRequiredService<WrongPaths>().InvokeAsync);
        var downloads = app.Services.GetRequiredService<BodyDownloads>();
        app.MapGet(BodyDownloads.BodiesRoute, downloads.BodiesAsync).ExcludeFromDescription().RequireAuthorization(Policies.Inspect).Audited("a gateway's last messages");
        app.MapGet(BodyDownloads.ShapesRoute, downloads.ShapesAsync).ExcludeFromDescription().RequireAuthorization(Policies.Inspect).Audited("shapes of messages");
        app.MapGet(QuarantineDownload.Route, app.Services.GetRequiredService<QuarantineDownload>().SendAsync).ExcludeFromDescription().RequireAuthorization(Policies.Inspect).Audited("a part in quarantine");
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = HealthReply.WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = HealthReply.WriteAsync }).AllowAnonymous();
    }

    private static void MapGatewayRoutes(this WebApplication app, IEnumerable<string> paths, RequestDelegate take)
    {
        // A path may be left empty in the settings, as in a gateway's.
        foreach (var path in paths.Where(p => p.Length > 0))
        {
            app.MapPost(path, take).ExcludeFromDescription().AllowAnonymous().ShortCircuit();
            app.Map(path, IngestReply.WrongMethodAsync).ExcludeFromDescription().AllowAnonymous().ShortCircuit();
        }
    }
}
