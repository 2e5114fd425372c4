using Efento.Portal;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Arrivals;
using Efento.Portal.Backup;
using Efento.Portal.CommandLine;
using Efento.Portal.Components;
using Efento.Portal.Configuration;
using Efento.Portal.Connections;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Ledger;
using Efento.Portal.Outgoing;
using Efento.Portal.ReadApi;
using Efento.Portal.Streaming;
using Efento.Portal.Telemetry;
using Efento.Portal.Timeline;
using Efento.Portal.Transport;

return await PortalCommands.RunAsync(args);

/// <summary>The portal: one host for the gateways' routes, the read API and the pages.</summary>
public partial class Program
{
    /// <summary>Builds and starts the portal.</summary>
    /// <param name="args">Settings of the host and the portal, such as <c>--urls</c>.</param>
    /// <param name="customise">What tests and benchmarks change.</param>
    /// <exception cref="SettingsException">Settings can't be used; it names them all.</exception>
    /// <exception cref="DataRefusedException">
    /// Another portal or command works on the data directory, or the data is not as it can go on with.
    /// </exception>
    /// <exception cref="IOException">It can't listen where it should.</exception>
    public static async Task<WebApplication> StartAsync(string[] args, Action<WebApplicationBuilder>? customise = null)
    {
        var builder = PortalHost.CreateBuilder(args);
        builder.AddPortalConfiguration();
        builder.AddTransport();
        builder.AddConnections();
        builder.AddData();
        builder.AddAccess();
        builder.AddLive();
        builder.AddArrivals();
        builder.AddClock();
        builder.AddDevices();
        builder.AddMeasurements();
        builder.AddHistory();
        builder.AddMaintenance();
        builder.AddTimeline();
        builder.AddAlarms();
        builder.AddNotifications();
        builder.AddOutgoing();
        builder.AddBackupSchedule();
        builder.AddIngest();
        builder.AddStreaming();
        builder.AddPages();
        builder.AddReadApi();
        builder.AddTelemetry();
        builder.AddControl();
        customise?.Invoke(builder);
        builder.CheckSettings();

        var app = builder.Build();
        try
        {
            app.LogStart();
            app.MapIngest();
            app.MapAccess();
            app.MapPages();
            app.MapTelemetry();
            var api = app.MapReadApi();
            api.MapDevicesApi();
            api.MapReadingsApi();
            api.MapHistoryApi();
            api.MapArrivalsApi();
            api.MapMaintenanceApi();
            api.MapAlarmsApi();
            api.MapDeliveriesApi();

            await app.Services.StartDataAsync();
            await app.Services.StartHoldAsync();
            await app.Services.StartClockAsync();
            await app.Services.StartDevicesAsync();
            await app.Services.StartAlarmsAsync();
            await app.Services.StartAccessAsync();
            await app.Services.StartNotificationsAsync();
            await app.Services.StartMaintenanceAsync();
            await app.Services.StartIngestAsync();
            await app.Services.StartArrivalsAsync();
            await app.ListenAsync();
            return app;
        }
        catch (Exception fault)
        {
            var refusal = app.Services.RefusalOf(fault);
            await app.StopAsync();
            await app.DisposeAsync();
            if (refusal is not null)
            {
                throw refusal;
            }

            throw;
        }
    }
}
