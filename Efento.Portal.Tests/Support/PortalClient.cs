using System.Net;
using System.Net.Http.Headers;

namespace Efento.Portal.Tests.Support;

/// <summary>Sends as gateways send: no redirects, no cookies, no compression.</summary>
public sealed class PortalClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _token;

    public PortalClient(Uri address, string token, int connections = 256)
    {
        _token = token;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = connections,
        })
        { BaseAddress = address, Timeout = Until.Patience };
    }

    /// <summary>The client, for what the methods here don't do.</summary>
    public HttpClient Http => _http;

    /// <summary>Posts measurements with the gateway token.</summary>
    public Task<PortalReply> MeasureAsync(string body) => PostAsync(GatewayPaths.Measurements, body);

    /// <summary>Posts a heartbeat with the gateway token.</summary>
    public Task<PortalReply> BeatAsync(string body) => PostAsync(GatewayPaths.Heartbeat, body);

    /// <summary>Posts JSON text with the gateway token.</summary>
    public Task<PortalReply> PostAsync(string path, string body) => PostAsync(path, System.Text.Encoding.UTF8.GetBytes(body));

    /// <summary>Posts bytes with the gateway token, unless <paramref name="configure"/> takes it away.</summary>
    public Task<PortalReply> PostAsync(string path, byte[] body, Action<HttpRequestMessage>? configure = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Api-Token", _token);
        configure?.Invoke(request);
        return SendAsync(request);
    }

    /// <summary>Sends a request as it is.</summary>
    public async Task<PortalReply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            return await PortalReply.ReadAsync(response);
        }
    }

    /// <summary>Gets a page or resource.</summary>
    public Task<PortalReply> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>The paths gateways come with.</summary>
public static class GatewayPaths
{
    public const string Measurements = "/api/v4/measurements";
    public const string OldMeasurements = "/api/v2/measurements";
    public const string Heartbeat = "/api/v4/gateways/heartbeat";
}
