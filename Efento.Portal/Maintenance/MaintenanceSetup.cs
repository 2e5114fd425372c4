namespace Efento.Portal.Maintenance;

/// <summary>The 503 mode.</summary>
public static class MaintenanceSetup
{
    public static void AddMaintenance(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<MaintenanceMode>();

    /// <summary>A window that was on goes on.</summary>
    public static Task StartMaintenanceAsync(this IServiceProvider services) =>
        services.GetRequiredService<MaintenanceMode>().LoadAsync(CancellationToken.None);
}
