using System.Net;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Texts;
using Efento.Portal.Transport;

namespace Efento.Portal.CommandLine;

/// <summary>
/// Serves while the disk is full or read-only at the start. Gateways are asked to come back later, and users and monitors read the reason.
/// A portal that just ended would look broken.
/// </summary>
internal static partial class WaitingPortal
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Serves until the disk can be written.</summary>
    /// <returns>False if the portal is asked to end before that.</returns>
    public static async Task<bool> RunAsync(string[] settings, DataUnwritableException why)
    {
        await using var app = Build(settings);
        app.Run(context => AnswerAsync(context, why));
        LogWaiting(app.Logger, why.Message);
        await app.ListenAsync();
        var isWritable = await WaitAsync(why.Directory, app.Lifetime.ApplicationStopping);
        await app.StopAsync();
        return isWritable;
    }

    private static WebApplication Build(string[] settings)
    {
        var builder = PortalHost.CreateBuilder(settings);
        builder.AddPortalConfiguration();
        builder.AddTransport();
        builder.CheckSettings();
        return builder.Build();
    }

    private static async Task<bool> WaitAsync(string directory, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            while (DiskCheck.Fault(directory) is not null)
            {
                await timer.WaitForNextTickAsync(stopping);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Task AnswerAsync(HttpContext context, DataUnwritableException why) => context.Request.Path.Value switch
    {
        "/health/live" => HealthReply.WriteAsync(context, "Healthy"),
        "/health/ready" or "/health/data" => NotReadyAsync(context, why),
        _ when IsPage(context.Request) => WritePageAsync(context, why),
        _ => IngestReply.LaterAsync(context, why.Message),
    };

    private static Task NotReadyAsync(HttpContext context, DataUnwritableException why)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return HealthReply.WriteAsync(context, "Unhealthy", why.Message);
    }

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task WritePageAsync(HttpContext context, DataUnwritableException why)
    {
        var language = Languages.Of(
            context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString()));
        Languages.Use(language);
        var fault = why.Fault is DiskFault.Full ? WaitingText.Full(why.Directory) : WaitingText.ReadOnly(why.Directory);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.RetryAfter = "10";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="10"><title>Efento Portal</title></head>
            <body><h1>{Encoded(WaitingText.Title)}</h1><p>{Encoded(fault)}</p><p>{Encoded(WaitingText.Later)}</p></body></html>
            """,
            context.RequestAborted);
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Why} Until then gateways are answered 503; the portal starts by itself once it can write.")]
    private static partial void LogWaiting(ILogger log, string why);
}
