using Efento.Portal.Access;
using Efento.Portal.Ingest;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Configuration;

/// <summary>The settings under <c>Portal:</c>.</summary>
internal static class ConfigurationSetup
{
    /// <summary>Registers the settings. Changes to those of ingest, access and retention take effect while the portal runs.</summary>
    public static void AddPortalConfiguration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<LogLimiter>();
        builder.Services.AddSingleton<PortalTraces>();
        builder.Services.AddSingleton<LoggerFactory>();
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, LimitedLoggers>());
        RequestLines.Hide(builder.Services);
        builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section);
        builder.AddReloading<IngestOptions>($"{PortalOptions.Section}:{nameof(PortalOptions.Ingest)}");
        builder.AddReloading<AccessOptions>($"{PortalOptions.Section}:{nameof(PortalOptions.Access)}");
        builder.AddReloading<RetentionOptions>($"{PortalOptions.Section}:{nameof(PortalOptions.Retention)}");
        builder.AddReloading<BackupOptions>($"{PortalOptions.Section}:{nameof(PortalOptions.Backup)}");
        builder.Services.AddHostedService<SettingsWatch>();
    }

    /// <summary>Checks all settings before anything starts.</summary>
    /// <exception cref="SettingsException">Settings can't be used; the message names them all.</exception>
    public static void CheckSettings(this IHostApplicationBuilder builder)
    {
        var report = SettingsCheck.Check(builder.Configuration);
        if (report.Faults.Count > 0)
        {
            throw new SettingsException(report.Faults);
        }
    }

    private static void AddReloading<T>(this IHostApplicationBuilder builder, string key)
        where T : class, new() =>
        builder.Services.AddSingleton<IOptionsMonitor<T>>(
            services => new ReloadingOptions<T>(services.GetRequiredService<IConfiguration>(), key));
}
