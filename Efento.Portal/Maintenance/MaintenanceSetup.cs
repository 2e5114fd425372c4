namespace Efento.Portal.Maintenance;

/// <summary>The 503 mode.</summary>
internal static class MaintenanceSetup
{
    public static void AddMaintenance(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MaintenanceMode>();
        builder.Services.AddSingleton<MaintenanceLog>();
        builder.Services.AddSingleton<SiteClock>();
    }

    /// <summary>Loads the windows. One that was on continues, and planned ones begin by themselves.</summary>
    public static Task StartMaintenanceAsync(this IServiceProvider services) =>
        services.GetRequiredService<MaintenanceMode>().LoadAsync(CancellationToken.None);
}
