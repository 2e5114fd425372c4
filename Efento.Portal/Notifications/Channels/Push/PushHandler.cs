using System.Net;
using Efento.Portal.Notifications.Channels.Http;
using Lib.Net.Http.WebPush.Authentication;

namespace Efento.Portal.Notifications.Channels.Push;

/// <summary>
/// Takes the request that the library has encrypted and signed, and hands it to the portal's own HTTP, with its checks of addresses and its
/// conversation. What the push service says is judged there: the library is told that all is well.
/// </summary>
internal sealed class PushHandler(VapidAuthentication vapid, Func<OutgoingRequest, Task<SendResult>> post) : HttpMessageHandler
{
    /// <summary>What became of the request; null before it was made.</summary>
    public SendResult? Result { get; private set; }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (url, content) = (request.RequestUri!, request.Content!);

        // The library signs for a host without its port, which is another origin.
        request.Headers.Authorization = new(
            "vapid", vapid.GetVapidSchemeAuthenticationHeaderValueParameter(url.GetLeftPart(UriPartial.Authority)));
        Result = await post(new()
        {
            Url = url.AbsoluteUri,
            Body = await content.ReadAsByteArrayAsync(cancellationToken),
            ContentType = content.Headers.ContentType?.ToString() ?? "application/octet-stream",
            ContentEncoding = content.Headers.ContentEncoding.SingleOrDefault(),
            Headers = request.Headers.NonValidated.ToDictionary(h => h.Key, h => h.Value.ToString()),
        });
        return new(HttpStatusCode.Created);
    }
}
