using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Efento.Portal.Tests.Notifications.Channels.Http;

/// <summary>A real HTTP server on a free port of this machine, which keeps what it gets.</summary>
internal sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    private HttpReceiver(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            }));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>What came in.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>How requests are answered. The default is 204.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task<HttpReceiver> StartAsync(X509Certificate2? certificate = null)
    {
        var receiver = new HttpReceiver(certificate);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers requests so.</summary>
    public void AnswerWith(int status, string body = "") => Answer = context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = new HeaderDictionary(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value));
        _requests.Enqueue(new ReceivedRequest(
            context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body.ToArray()));
        await Answer(context);
    }
}

/// <summary>What an <see cref="HttpReceiver"/> got.</summary>
internal sealed record ReceivedRequest(string Method, string Path, IHeaderDictionary Headers, byte[] Bytes)
{
    public string Body { get; } = Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonElement.Parse(Body);
}
