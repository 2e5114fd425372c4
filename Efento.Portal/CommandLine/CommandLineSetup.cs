namespace Efento.Portal.CommandLine;

/// <summary>The commands' side of the running portal.</summary>
public static class CommandLineSetup
{
    /// <summary>Answers commands of the local machine while the portal runs.</summary>
    public static void AddControl(this IHostApplicationBuilder builder)
    {
        builder.AddControlPanel();
        builder.Services.AddHostedService<ControlServer>();
    }

    /// <summary>Does what commands ask for, in the running portal or in a command's own process.</summary>
    public static void AddControlPanel(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LocationDesk>();
        builder.Services.AddSingleton<UserDesk>();
        builder.Services.AddSingleton<MaintenanceDesk>();
        builder.Services.AddSingleton<ClockCounter>();
        builder.Services.AddSingleton<ControlPanel>();
    }
}
