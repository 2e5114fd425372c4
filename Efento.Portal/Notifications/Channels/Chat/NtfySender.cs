using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Chat;

/// <summary>
/// Publishes messages to a topic of an ntfy server, whose address ends with the topic. The message is JSON: headers, which ntfy also takes,
/// hold neither line breaks nor letters outside ASCII.
/// </summary>
internal sealed class NtfySender(OutgoingHttp http) : IChannelSender
{
    /// <summary>Longer ones become attachments.</summary>
    private const int MaxText = 1000;

    private const int MaxTitle = 200;

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Ntfy;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var (server, topic) = PartsOf(channel.Url);
        var request = new OutgoingRequest
        {
            Url = server,
            Body = JsonBody.Of(ContentOf(topic, message)),
            ContentType = JsonBody.ContentType,
            Headers = SignIn.HeadersOf(channel),
        };
        return http.PostAsync(channel, request, cancellationToken);
    }

    private static Dictionary<string, object> ContentOf(string topic, OutgoingMessage message)
    {
        var (priority, tags) = Urgency.Of(message) switch
        {
            AlarmLevel.Critical => (5, new[] { "rotating_light" }),
            AlarmLevel.Warning => (4, ["warning"]),
            _ => (3, []),
        };
        var content = new Dictionary<string, object>
        {
            ["topic"] = topic,
            ["title"] = OneLine.Shortened(OneLine.Of(message.Subject), MaxTitle),
            ["message"] = OneLine.Shortened(message.Text, MaxText),
            ["priority"] = priority,
            ["tags"] = tags,
        };
        if (message.Link is { } link)
        {
            content["click"] = link.AbsoluteUri;
        }

        return content;
    }

    /// <summary>The server and the topic of <c>https://server/topic</c>. What is no such address is refused where it is used.</summary>
    private static (string? Server, string Topic) PartsOf(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return (url, "");
        }

        var path = address.AbsolutePath.TrimEnd('/');
        var topic = path[(path.LastIndexOf('/') + 1)..];
        return (new UriBuilder(address) { Path = path[..^topic.Length] }.Uri.AbsoluteUri, Uri.UnescapeDataString(topic));
    }
}
