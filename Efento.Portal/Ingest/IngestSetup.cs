using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Ingest.Transactions;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>Registers and maps the gateway routes, and everything behind them.</summary>
internal static class IngestSetup
{
    public static void AddIngest(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DeviceTime>();
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<IngestQueue>();
        services.AddSingleton<IngestMeter>();
        services.AddSingleton<BodyRoom>();
        services.AddSingleton<IngestFaults>();
        services.AddSingleton<MessageReader>();
        services.AddSingleton<IngestEndpoints>();
        services.AddSingleton<RememberedContacts>();
        services.AddSingleton<IngestState>();
        services.AddSingleton<StoreLosses>();
        services.AddSingleton<QuarantineIntake>();
        services.AddSingleton<QuarantineWarnings>();
        services.AddSingleton<QuarantineQuery>();
        services.AddSingleton<QuarantineDiscard>();
        services.AddSingleton<QuarantineReader>();
        services.AddSingleton<QuarantineDownload>();
        services.AddSingleton<WrongPaths>();
        services.AddSingleton<BodyArchive>();
        services.AddSingleton<BodyDownloads>();
        services.AddSingleton<NewDeviceQuota>();
        services.AddSingleton<GatewayResolver>();
        services.AddSingleton<RecordApplier>();
        services.AddSingleton<MessageApplier>();
        services.AddSingleton<BatchEffects>();
        services.AddSingleton<IngestMemory>();
        services.AddSingleton<IngestTransactions>();
        services.AddSingleton<IngestCommitter>();
        services.AddSingleton<BatchWriter>();
        services.AddSingleton<LedgerQuery>();
        services.AddSingleton<TokenTraffic>();
        services.AddHostedService<MalformedRequests>();
        services.AddHostedService<PeriodicWriter>();
        services.AddHostedService<StoreWatch>();
        services.AddHostedService<DamageWatch>();
        services.AddHostedService<RetentionService>();
        services.AddSingleton<ClockWatch>();
        services.AddHostedService(portal => portal.GetRequiredService<ClockWatch>());
        services.AddHostedService<IngestWriter>();
        services.AddHealthChecks().AddCheck<IngestHealthCheck>("ingest").AddCheck<ClockHealthCheck>("clock").AddCheck<LossHealthCheck>("losses");
    }

    /// <summary>Loads the state in memory from the database.</summary>
    public static async Task StartIngestAsync(this IServiceProvider services)
    {
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        services.GetRequiredService<IngestState>().Follow(lease);
        await using var db = lease.CreateContext();
        services.GetRequiredService<StoreLosses>().Load(db);
    }

    /// <summary>Maps the gateway routes and the health checks.</summary>
    public static void MapIngest(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<IngestEndpoints>();
        var options = app.Services.GetRequiredService<IOptionsMonitor<IngestOptions>>().CurrentValue;
        app.MapGatewayRoutes(GatewayRoutes.Measurements.Concat(options.MeasurementPaths), endpoints.TakeMeasurementsAsync);
        app.MapGatewayRoutes(GatewayRoutes.Heartbeats.Concat(options.HeartbeatPaths), endpoints.TakeHeartbeatAsync);
        app.Use(app.Services.GetRequiredService<WrongPaths>().InvokeAsync);
        var downloads = app.Services.GetRequiredService<BodyDownloads>();
        app.MapGet(BodyDownloads.BodiesRoute, downloads.BodiesAsync)
            .ExcludeFromDescription()
            .RequireAuthorization(Policies.Inspect)
            .Audited("a gateway's last messages");
        app.MapGet(BodyDownloads.ShapesRoute, downloads.ShapesAsync)
            .ExcludeFromDescription()
            .RequireAuthorization(Policies.Inspect)
            .Audited("shapes of messages");
        app.MapGet(QuarantineDownload.Route, app.Services.GetRequiredService<QuarantineDownload>().SendAsync)
            .ExcludeFromDescription()
            .RequireAuthorization(Policies.Inspect)
            .Audited("a part in quarantine");
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = HealthReply.WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = HealthReply.WriteAsync }).AllowAnonymous();
    }

    private static void MapGatewayRoutes(this WebApplication app, IEnumerable<string> paths, RequestDelegate take)
    {
        // A path in the settings may be empty, as it may be on a gateway.
        foreach (var path in paths.Where(p => p.Length > 0))
        {
            app.MapPost(path, take).ExcludeFromDescription().AllowAnonymous().ShortCircuit();
            app.Map(path, IngestReply.WrongMethodAsync).ExcludeFromDescription().AllowAnonymous().ShortCircuit();
        }
    }
}
