using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Channels.Http;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;

namespace Efento.Portal.Notifications.Channels.Push;

/// <summary>Sends a message to one device: encrypted for it (RFC 8291), and signed by the portal (RFC 8292).</summary>
internal sealed class PushPost(OutgoingHttp http)
{
    /// <summary>How long a critical alarm waits at the push service for a device that is not connected.</summary>
    public static readonly TimeSpan CriticalLife = TimeSpan.FromDays(1);

    /// <summary>The same for everything else: what is older is found on the pages.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromHours(4);

    /// <summary>The same for tests, which nobody expects later.</summary>
    public static readonly TimeSpan TestLife = TimeSpan.FromMinutes(1);

    /// <summary>Makes one attempt.</summary>
    public async Task<(SendResult Result, PushFate Fate)> SendAsync(
        ChannelSettings channel, PushRoute route, PushTarget device, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var isGone = false;
        using var vapid = new VapidAuthentication(route.Keys.Public, route.Keys.Private) { Subject = route.Contact };
        using var handler = new PushHandler(
            vapid, request => http.PostAsync(channel with { Url = request.Url }, request, cancellationToken, Judge));
        await EncryptAsync(handler, vapid, device, message, cancellationToken);
        var result = handler.Result!;
        return (result, isGone ? PushFate.Gone : result.Outcome is SendOutcome.Accepted ? PushFate.Accepted : PushFate.Failed);

        Verdict Judge(HttpAnswer answer)
        {
            isGone = answer.Status is 404 or 410;
            return isGone ? Verdict.Refused(answer.Words) : answer.Verdict;
        }
    }

    private static async Task EncryptAsync(
        PushHandler handler, VapidAuthentication vapid, PushTarget device, OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(handler, disposeHandler: false);
        var service = new PushServiceClient(client) { AutoRetryAfter = false };
        await service.RequestPushMessageDeliveryAsync(
            SubscriptionOf(device), MessageOf(message), vapid, VapidAuthenticationScheme.Vapid, cancellationToken);
    }

    private static PushSubscription SubscriptionOf(PushTarget device)
    {
        var subscription = new PushSubscription { Endpoint = device.Endpoint };
        subscription.SetKey(PushEncryptionKeyName.P256DH, device.P256dh);
        subscription.SetKey(PushEncryptionKeyName.Auth, device.Auth);
        return subscription;
    }

    private static PushMessage MessageOf(OutgoingMessage message)
    {
        var isCritical = Urgency.Of(message) is AlarmLevel.Critical;
        return new(PushPayload.Of(message))
        {
            Topic = PushPayload.TopicOf(message),
            Urgency = isCritical || message.IsTest ? PushMessageUrgency.High : PushMessageUrgency.Normal,
            TimeToLive = (int)(message.IsTest ? TestLife : isCritical ? CriticalLife : UsualLife).TotalSeconds,
        };
    }
}
