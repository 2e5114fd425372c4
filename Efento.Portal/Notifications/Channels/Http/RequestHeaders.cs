using System.Net.Http.Headers;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>Puts the headers of a channel on a request.</summary>
internal static class RequestHeaders
{
    private const string Sender = "Efento-Portal";

    /// <summary>Headers that say how the request is framed, where it goes and that it is genuine.</summary>
    private static readonly string[] NotOwn = ["Host", "Connection", "Transfer-Encoding", "Upgrade", "Expect", "TE", "Trailer"];

    public static void Set(HttpRequestMessage request, OutgoingRequest outgoing, ChannelSettings channel, Conversation conversation)
    {
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(new ProductHeaderValue(Sender)));
        foreach (var (name, value) in outgoing.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, OneLine.Of(value));
            conversation.Sent($"{name}: {(IsSecret(name) ? Secrets.Mask : value)}");
        }

        foreach (var (name, value) in channel.Headers.Take(ChannelSettings.MaxHeaders))
        {
            var isSent = IsAllowed(request, name) && request.Headers.TryAddWithoutValidation(name, OneLine.Of(value));
            conversation.Sent(isSent ? $"{name}: {Secrets.Mask}" : $"({name} is not a header that can be added)");
        }
    }

    private static bool IsAllowed(HttpRequestMessage request, string name) =>
        !NotOwn.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)
        && !request.Headers.NonValidated.Contains(name);

    private static bool IsSecret(string name) => name.Equals("Authorization", StringComparison.OrdinalIgnoreCase);
}
