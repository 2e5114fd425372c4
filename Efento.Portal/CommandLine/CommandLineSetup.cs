namespace Efento.Portal.CommandLine;

/// <summary>The commands' side of the running portal.</summary>
public static class CommandLineSetup
{
    /// <summary>Answers commands of the local machine while the portal runs.</summary>
    public static void AddControl(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MaintenanceDesk>();
        builder.Services.AddSingleton<ControlPanel>();
        builder.Services.AddHostedService<ControlServer>();
    }
}
