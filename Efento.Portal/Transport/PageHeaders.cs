using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Transport;

/// <summary>
/// Adds the security headers to all responses except those of the gateway routes, which are handled before. Only the portal's own files may
/// run, and no other site may frame its pages. docs/decisions gives the reasons.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next, IOptions<PortalOptions> options)
{
    /// <summary>The one Content-Security-Policy. MudBlazor's theme and the charts need inline styles; scripts are never inline.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
        + "form-action 'self'; frame-ancestors 'none'";

    private const string ServiceWorker = "/assets/service-worker.js";

    private readonly string? _hsts = options.Value.Tls.Hsts is { } time
        ? FormattableString.Invariant($"max-age={(long)time.TotalSeconds}")
        : null;

    /// <summary>
    /// Adds the headers just before the response starts, so that they are there whichever middleware answers, even if it cleared the
    /// headers.
    /// </summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            Add(context.Response.Headers, context.Request.IsHttps);
            if (context.GetEndpoint()?.Metadata.GetMetadata<NoReferrer>() is not null)
            {
                context.Response.Headers["Referrer-Policy"] = "no-referrer";
            }

            if (context.Request.Path == ServiceWorker)
            {
                // The service worker lies among the other browser files, but serves all pages.
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

        // Not "no-referrer": with it, browsers would hide the origin of the portal's own forms.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!isHttps)
        {
            return;
        }

        // Browsers warn about it on insecure connections.
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (_hsts is not null)
        {
            headers.StrictTransportSecurity = _hsts;
        }
    }
}
