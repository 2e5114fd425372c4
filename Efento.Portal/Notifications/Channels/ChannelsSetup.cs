namespace Efento.Portal.Notifications.Channels;

/// <summary>The channels through which people and programs are told.</summary>
internal static class ChannelsSetup
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddSingleton<ChannelSenders>();
        return services;
    }
}
