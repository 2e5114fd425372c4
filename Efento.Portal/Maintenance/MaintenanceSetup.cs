namespace Efento.Portal.Maintenance;

/// <summary>The 503 mode.</summary>
public static class MaintenanceSetup
{
    public static void AddMaintenance(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MaintenanceMode>();
        builder.Services.AddSingleton<MaintenanceLog>();
        builder.Services.AddSingleton<SiteClock>();
    }

    /// <summary>A window that was on goes on, and those planned begin by themselves.</summary>
    public static Task StartMaintenanceAsync(this IServiceProvider services) =>
        services.GetRequiredService<MaintenanceMode>().LoadAsync(CancellationToken.None);
}
