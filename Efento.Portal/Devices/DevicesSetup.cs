using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Devices;

/// <summary>Gateways, loggers and measuring points.</summary>
internal static class DevicesSetup
{
    public static void AddDevices(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LoggerDirectory>();
        builder.Services.AddSingleton<GatewayDirectory>();
        builder.Services.AddSingleton<LocationDirectory>();
        builder.Services.AddSingleton<SiteScopes>();
        builder.Services.AddSingleton<LoggerRoster>();
        builder.Services.AddSingleton<LoggerQuery>();
        builder.Services.AddSingleton<GatewayQuery>();
        builder.Services.AddSingleton<GatewayNaming>();
        builder.Services.AddSingleton<GatewayRetirement>();
        builder.Services.AddSingleton<ReturnQuery>();
        builder.Services.AddSingleton<LoggerDecisions>();
        builder.Services.AddSingleton<SynchroniseSwitch>();
        builder.Services.AddSingleton<LoggerAdmission>();
        builder.Services.AddSingleton<PointDecisions>();
        builder.Services.AddSingleton<PointNaming>();
        builder.Services.AddSingleton<LoggerReplacement>();
        builder.Services.AddSingleton<Retirement>();
        builder.Services.AddSingleton<PointHistory>();
        builder.Services.AddSingleton<PointQuery>();
        builder.Services.AddSingleton<FreePoints>();
        builder.Services.AddSingleton<LocationDecisions>();
        builder.Services.AddSingleton<PointPlacement>();
        builder.Services.AddSingleton<PlacedPoints>();
    }

    /// <summary>Loads the locations. Call it before the first query.</summary>
    public static Task StartDevicesAsync(this IServiceProvider services) => services.GetRequiredService<LocationDirectory>().ReloadAsync();
}
