namespace Efento.Portal.CommandLine;

/// <summary>Registers the part of the portal that serves commands.</summary>
internal static class CommandLineSetup
{
    /// <summary>Answers commands of the local machine while the portal runs.</summary>
    public static void AddControl(this IHostApplicationBuilder builder)
    {
        builder.AddControlPanel();
        builder.Services.AddHostedService<ControlServer>();
    }

    /// <summary>Carries out requests of commands, in the running portal or in a command's own process.</summary>
    public static void AddControlPanel(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LocationLookup>();
        builder.Services.AddSingleton<UserOperations>();
        builder.Services.AddSingleton<MaintenanceOperations>();
        builder.Services.AddSingleton<ClockCounter>();
        builder.Services.AddSingleton<RuleOperations>();
        builder.Services.AddSingleton<NotificationOperations>();
        builder.Services.AddSingleton<OutgoingOperations>();
        builder.Services.AddSingleton<BackupOperations>();
        builder.Services.AddSingleton<HeldOperations>();
        builder.Services.AddSingleton<ControlPanel>();
    }
}
