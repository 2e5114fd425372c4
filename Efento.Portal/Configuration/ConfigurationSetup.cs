using Efento.Portal.Ingest;

namespace Efento.Portal.Configuration;

/// <summary>The settings under <c>Portal:</c>.</summary>
public static class ConfigurationSetup
{
    public static void AddPortalConfiguration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section);
        builder.Services.AddOptions<IngestOptions>().BindConfiguration($"{PortalOptions.Section}:Ingest");
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration($"{PortalOptions.Section}:Retention");
    }
}
