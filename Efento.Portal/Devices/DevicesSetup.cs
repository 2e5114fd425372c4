namespace Efento.Portal.Devices;

/// <summary>Gateways, loggers and measuring points.</summary>
public static class DevicesSetup
{
    public static void AddDevices(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LoggerDirectory>();
        builder.Services.AddSingleton<GatewayDirectory>();
        builder.Services.AddSingleton<LoggerQuery>();
        builder.Services.AddSingleton<GatewayQuery>();
        builder.Services.AddSingleton<ReturnQuery>();
    }
}
