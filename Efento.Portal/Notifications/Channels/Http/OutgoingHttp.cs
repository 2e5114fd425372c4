using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>
/// Sends the requests of channels: no redirects, no proxy, no cookies, and no private networks unless the channel may use them.
/// </summary>
internal sealed class OutgoingHttp : IDisposable
{
    public static readonly HttpRequestOptionsKey<Conversation> ConversationKey = new("conversation");

    private const int MaxHeaderKilobytes = 16;

    private readonly Attempt _attempt;
    private readonly TimeProvider _time;

    /// <summary>Two clients, so that a request never takes a connection that was opened under the other's rule.</summary>
    private readonly HttpMessageInvoker _public;
    private readonly HttpMessageInvoker _private;

    public OutgoingHttp(Attempt attempt, IHostNames names, TrustedRoots roots, TimeProvider time)
    {
        (_attempt, _time) = (attempt, time);
        _public = Client(new GuardedConnector(names, time, allowPrivateNetworks: false), roots);
        _private = Client(new GuardedConnector(names, time, allowPrivateNetworks: true), roots);
    }

    /// <summary>Makes one attempt. Kinds of channels that can tell more from an answer than its status judge it themselves.</summary>
    public Task<SendResult> PostAsync(
        ChannelSettings channel,
        OutgoingRequest request,
        CancellationToken cancellationToken,
        Func<HttpAnswer, Verdict>? judge = null)
    {
        var conversation = new Conversation(Secrets.Of(channel));
        return _attempt.RunAsync(conversation, SendAsync, cancellationToken);

        async Task<Verdict> SendAsync(CancellationToken token)
        {
            if (AddressOf(request.Url) is not { } url)
            {
                return Verdict.TryAgain("The channel's URL is not an address of HTTP.");
            }

            var answer = await AskAsync(channel, request, url, conversation, token);
            return judge?.Invoke(answer) ?? answer.Verdict;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
    }

    /// <summary>Makes a request within an attempt, and throws what the network throws.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="outgoing">The request.</param>
    /// <param name="url">Where it goes.</param>
    /// <param name="conversation">Takes what is said.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<HttpAnswer> AskAsync(
        ChannelSettings channel, OutgoingRequest outgoing, Uri url, Conversation conversation, CancellationToken cancellationToken)
    {
        using var request = RequestOf(channel, outgoing, url, conversation);
        using var response = await (channel.AllowPrivateNetworks ? _private : _public).SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        conversation.Received(string.Create(CultureInfo.InvariantCulture, $"{status} {response.ReasonPhrase}"));
        if (response.Headers.RetryAfter is { } after)
        {
            conversation.Received($"Retry-After: {after}");
        }

        var body = await AnswerReader.ReadAsync(response.Content, conversation, _time, cancellationToken);
        if (outgoing.IsAnswerSecret && response.IsSuccessStatusCode)
        {
            conversation.Received($"({Secrets.Mask})");
        }
        else
        {
            body.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList().ForEach(conversation.Received);
        }

        return new HttpAnswer(status, response.ReasonPhrase ?? "", body, WaitOf(response));
    }

    /// <summary>A time that is over by this machine's clock asks for nothing.</summary>
    private TimeSpan? WaitOf(HttpResponseMessage response) =>
        (response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - _time.GetUtcNow()) is { } wait && wait > TimeSpan.Zero
            ? wait
            : null;

    private static HttpRequestMessage RequestOf(
        ChannelSettings channel, OutgoingRequest outgoing, Uri url, Conversation conversation)
    {
        conversation.Sent($"{outgoing.Method} {url}");
        var request = new HttpRequestMessage(outgoing.Method, url) { Version = HttpVersion.Version11 };
        if (outgoing.Method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(outgoing.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(outgoing.ContentType);
            if (outgoing.ContentEncoding is { } encoding)
            {
                request.Content.Headers.ContentEncoding.Add(encoding);
            }
        }

        request.Options.Set(ConversationKey, conversation);
        RequestHeaders.Set(request, outgoing, channel, conversation);
        if (request.Content is not null)
        {
            conversation.Sent(string.Create(CultureInfo.InvariantCulture, $"({outgoing.Body.Length} bytes of {outgoing.ContentType})"));
        }

        return request;
    }

    private static Uri? AddressOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0
            ? address
            : null;

    /// <summary>Messages are rare: a connection is not kept for the next one, which then never finds it half-closed.</summary>
    private static HttpMessageInvoker Client(GuardedConnector connector, TrustedRoots roots) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        PooledConnectionLifetime = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
        ConnectCallback = connector.ConnectAsync,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = roots.Policy() },
    });
}
