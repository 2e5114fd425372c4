using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Transport;

/// <summary>
/// What browsers are told about everything but the gateway routes, which end before this: only the portal's own files may be run, nobody may
/// frame its pages. Why each part is as it is, is in docs/decisions.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next, IOptions<PortalOptions> options)
{
    /// <summary>The one Content-Security-Policy. Styles are set inline by MudBlazor's theme and by the charts; scripts never are.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
        + "form-action 'self'; frame-ancestors 'none'";

    private const string ServiceWorker = "/assets/service-worker.js";

    private readonly string? _hsts = options.Value.Tls.Hsts is { } time ? FormattableString.Invariant($"max-age={(long)time.TotalSeconds}") : null;

    /// <summary>Adds the headers at the last moment, for whoever answers and whatever was cleared.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            Add(context.Response.Headers, context.Request.IsHttps);
            if (context.Request.Path == ServiceWorker)
            {
                // It lies with the other files of the browser and answers for all pages.
                context.Response.Headers["Service-Worker-Allowed"] = "/";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    private void Add(IHeaderDictionary headers, bool isHttps)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";

        // Not "no-referrer": browsers would then hide where the portal's own forms come from.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!isHttps)
        {
            return;
        }

        // Browsers complain about it where the connection is not safe.
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (_hsts is not null)
        {
            headers.StrictTransportSecurity = _hsts;
        }
    }
}
