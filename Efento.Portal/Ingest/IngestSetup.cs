using Efento.Portal.Data;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>The gateways' door.</summary>
public static class IngestSetup
{
    public static void AddIngest(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ServerClock>();
        services.AddSingleton<LogLimiter>();
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<IngestQueue>();
        services.AddSingleton<IngestEndpoints>();
        services.AddSingleton<IngestState>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<BodyArchive>();
        services.AddSingleton<NewLoggerQuota>();
        services.AddSingleton<GatewayResolver>();
        services.AddSingleton<MessageApplier>();
        services.AddSingleton<BatchEffects>();
        services.AddSingleton<LedgerQuery>();
        services.AddHostedService<KeeperService>();
        services.AddHostedService<RetentionService>();
        services.AddHostedService<IngestWriter>();
        services.AddHealthChecks().AddCheck<IngestHealthCheck>("ingest");
    }

    /// <summary>Brings memory in line with the database.</summary>
    public static async Task StartIngestAsync(this IServiceProvider services)
    {
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        services.GetRequiredService<IngestState>().Load(lease);
    }

    public static void MapIngest(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<IngestEndpoints>();
        var options = app.Services.GetRequiredService<IOptionsMonitor<IngestOptions>>().CurrentValue;
        foreach (var path in IngestEndpoints.MeasurementPaths.Concat(options.MeasurementPaths))
        {
            app.MapPost(path, endpoints.TakeMeasurementsAsync).ExcludeFromDescription();
        }

        foreach (var path in IngestEndpoints.HeartbeatPaths.Concat(options.HeartbeatPaths))
        {
            app.MapPost(path, endpoints.TakeHeartbeatAsync).ExcludeFromDescription();
        }
    }
}
