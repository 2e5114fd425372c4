using Efento.Portal.Arrivals;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Configuration;
using Efento.Portal.Outgoing.HomeAssistant;

namespace Efento.Portal.Outgoing;

/// <summary>Sends measurements on to other programs.</summary>
internal static class OutgoingSetup
{
    /// <summary>Registers the feeds and the service that sends them.</summary>
    public static void AddOutgoing(this IHostApplicationBuilder builder)
    {
        builder.AddOutgoingFeeds();
        var services = builder.Services;
        services.AddSingleton<FeedPoints>();
        services.AddSingleton<OutgoingReader>();
        services.AddSingleton<MqttReadings>();
        services.AddSingleton<OutgoingSender>();
        services.AddSingleton<HomeAssistantPoints>();
        services.AddSingleton<AnnouncedFeeds>();
        services.AddSingleton<OutgoingMeter>();
        services.AddHostedService<OutgoingService>();
        services.AddHostedService<HomeAssistantService>();
        var feeds = builder.Configuration.GetSection($"{PortalOptions.Section}:{nameof(PortalOptions.Outgoing)}").GetChildren().Count();
        for (var i = 0; i < feeds; i++)
        {
            var number = i;
            services.AddSingleton<IArrivalConsumer>(portal => portal.GetRequiredService<OutgoingFeeds>().All[number]);
        }
    }

    /// <summary>Registers the feeds, in the running portal or in a command's own process.</summary>
    public static void AddOutgoingFeeds(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<OutgoingFeeds>().AddSingleton<FeedControl>().AddSingleton<IHeldWork, HeldFeeds>();
}
