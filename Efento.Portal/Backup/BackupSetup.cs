using Efento.Portal.Backup.Holding;

namespace Efento.Portal.Backup;

/// <summary>Registers backups.</summary>
internal static class BackupSetup
{
    /// <summary>What makes and checks backups, in the running portal or in a command's own process.</summary>
    public static void AddBackups(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ContentCheck>();
        builder.Services.AddSingleton<BackupProof>();
        builder.Services.AddSingleton<BackupMaker>();
        builder.Services.AddSingleton<BackupCopies>();
        builder.Services.AddSingleton<RestoreRun>();
        builder.Services.AddSingleton<SendHold>();
        builder.Services.AddSingleton<HoldStart>();
        builder.Services.AddSingleton<HoldService>();
        builder.Services.AddSingleton<BackupHistory>();
    }

    /// <summary>Makes backups at their times, while the portal runs.</summary>
    public static void AddBackupSchedule(this IHostApplicationBuilder builder)
    {
        builder.AddBackups();
        builder.Services.AddSingleton<BackupBoard>();
        builder.Services.AddSingleton<BackupRequests>();
        builder.Services.AddSingleton<BackupWatch>();
        builder.Services.AddSingleton<BackupPlans>();
        builder.Services.AddSingleton<BackupRunner>();
        builder.Services.AddHostedService<BackupService>();
        builder.Services.AddHealthChecks().AddCheck<BackupHealthCheck>("backup").AddCheck<HoldHealthCheck>("held");
    }

    /// <summary>
    /// Finds out whether the database was restored or copied. Call it when the database is up to date, and before sessions are loaded.
    /// </summary>
    public static Task StartHoldAsync(this IServiceProvider services) => services.GetRequiredService<HoldStart>().LookAsync();
}
