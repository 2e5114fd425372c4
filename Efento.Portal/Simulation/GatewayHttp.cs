using System.Net;
using System.Net.Http.Headers;

namespace Efento.Portal.Simulation;

/// <summary>The HTTP client of a gateway: it sends a gateway's headers, and supports no redirects, cookies or compression.</summary>
internal sealed class GatewayHttp : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly VirtualGatewayOptions _options;
    private readonly Uri _measurements;
    private readonly Uri _heartbeat;

    internal GatewayHttp(HttpMessageHandler handler, VirtualGatewayOptions options)
    {
        if (handler is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
        {
            throw new ArgumentException("A gateway follows no redirects; take GatewayHttp.CreateHandler().", nameof(handler));
        }

        _http = new HttpMessageInvoker(handler, disposeHandler: false);
        _options = options;
        _measurements = Address(options.MeasurementsPath);
        _heartbeat = Address(options.HeartbeatPath);
    }

    /// <summary>A handler that behaves as a gateway does. Many gateways may share it; the caller disposes it.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Posts a message and reads the reply; null if there was none in time.</summary>
    internal async Task<GatewayReply?> PostAsync(GatewayMessage message, TimeProvider time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        using var request = Request(message);
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            return await GatewayReply.ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // For a gateway, a broken connection, a broken reply and a late reply are the same: no answer.
            return null;
        }
    }

    private HttpRequestMessage Request(GatewayMessage message)
    {
        var content = new ByteArrayContent(message.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var address = message.Kind is GatewayMessageKind.Heartbeat ? _heartbeat : _measurements;
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };

        // Real gateways send the charset as a separate header.
        request.Headers.TryAddWithoutValidation("charset", "UTF-8");
        if (_options.Token.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("X-Api-Token", _options.Token);
        }

        foreach (var (name, value) in _options.CustomHeaders)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private Uri Address(string path) => new(_options.Server.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);
}
