using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>How a provider is asked to send text messages, and what its answers mean.</summary>
internal interface ISmsProvider
{
    /// <summary>The request, without a URL where the channel's own is used.</summary>
    OutgoingRequest RequestOf(ChannelSettings channel, SmsRequest sms);

    Verdict VerdictOf(HttpAnswer answer);
}
