using System.Globalization;
using System.Text;
using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Webhooks;

/// <summary>Posts messages to other programs, signed as Standard Webhooks describes it.</summary>
internal sealed class WebhookSender(OutgoingHttp http, TimeProvider time) : IChannelSender
{
    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Webhook;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var key = channel.Secret is { } secret ? WebhookSignature.KeyOf(secret) : null;
        if (key is null && channel.Secret is not null)
        {
            var fault = $"The channel's secret is not {WebhookSignature.Prefix} and a key in Base64.";
            return Task.FromResult(new SendResult(SendOutcome.TryAgain, fault, []));
        }

        var request = new OutgoingRequest
        {
            Url = channel.Url,
            Body = Encoding.UTF8.GetBytes(message.Json),
            ContentType = JsonBody.ContentType,
            Headers = HeadersOf(key, message),
        };
        return http.PostAsync(channel, request, cancellationToken);
    }

    /// <summary>The id stays the same, the time is the attempt's: receivers know repeats by the one and old copies by the other.</summary>
    private Dictionary<string, string> HeadersOf(byte[]? key, OutgoingMessage message)
    {
        var id = OneLine.Of(message.Key);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp.ToString(CultureInfo.InvariantCulture),
        };
        if (key is not null)
        {
            headers["webhook-signature"] = WebhookSignature.Of(key, id, timestamp, message.Json);
        }

        return headers;
    }
}
