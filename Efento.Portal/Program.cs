using Efento.Portal.Access;
using Efento.Portal.Components;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;

await using var app = await Program.StartAsync(args);
await app.WaitForShutdownAsync();

/// <summary>The portal: one host for the gateways' routes, the read API and the pages.</summary>
public partial class Program
{
    /// <summary>Builds and starts the portal.</summary>
    /// <param name="args">Settings of the host and the portal, such as <c>--urls</c>.</param>
    /// <param name="customise">What tests and benchmarks change.</param>
    public static async Task<WebApplication> StartAsync(string[] args, Action<WebApplicationBuilder>? customise = null)
    {
        // Settings are watched by polling: a file watcher would hear of every write to a data directory below them, at half the speed of ingest.
        Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.AddPortalConfiguration();
        builder.AddData();
        builder.AddAccess();
        builder.AddLive();
        builder.AddDevices();
        builder.AddMeasurements();
        builder.AddMaintenance();
        builder.AddIngest();
        builder.AddPages();
        builder.AddReadApi();
        customise?.Invoke(builder);

        var app = builder.Build();
        app.MapIngest();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        app.MapPages();
        var api = app.MapReadApi();
        api.MapDevicesApi();
        api.MapReadingsApi();
        api.MapArrivalsApi();

        await app.Services.StartDataAsync();
        await app.Services.StartAccessAsync();
        await app.Services.StartMaintenanceAsync();
        await app.Services.StartIngestAsync();
        await app.StartAsync();
        return app;
    }
}
