using Efento.Portal.Notifications.Channels.Chat;
using Efento.Portal.Notifications.Channels.Email;
using Efento.Portal.Notifications.Channels.Http;
using Efento.Portal.Notifications.Channels.Mqtt;
using Efento.Portal.Notifications.Channels.Push;
using Efento.Portal.Notifications.Channels.Sms;
using Efento.Portal.Notifications.Channels.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Efento.Portal.Notifications.Channels;

/// <summary>The channels through which people and programs are told.</summary>
internal static class ChannelsSetup
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new TrustedRoots());
        services.AddSingleton<Attempt>();
        services.AddSingleton<IHostNames, DnsNames>();
        services.AddSingleton<OutgoingHttp>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IChannelSender, EmailSender>();
        services.AddSingleton<IChannelSender, WebhookSender>();
        services.AddSingleton<IChannelSender, NtfySender>();
        services.AddSingleton<IChannelSender, SlackSender>();
        services.AddSingleton<IChannelSender, TeamsSender>();
        services.AddSingleton<IChannelSender, SmsSender>();
        services.AddSingleton<IChannelSender, MqttSender>();
        services.AddSingleton<PushPost>();
        services.AddSingleton<IChannelSender, PushSender>();
        services.AddSingleton<ChannelSenders>();
        return services;
    }
}
