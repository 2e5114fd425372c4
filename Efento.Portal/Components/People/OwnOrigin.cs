using Efento.Portal.Access;
using Efento.Portal.Configuration;

namespace Efento.Portal.Components.People;

/// <summary>
/// Circuits and sign-ins are opened by the portal's own pages alone: a page of another site in a signed-in person's browser is refused,
/// since browsers say where a request comes from. A proxy that hides the portal's address makes its own pages look like another site's: the log and
/// a page say so.
/// </summary>
internal sealed partial class OwnOrigin(RequestDelegate next, LogLimiter limiter, ILogger<OwnOrigin> logger)
{
    /// <summary>The page that says why a form was refused.</summary>
    public const string RefusedPath = "/wrong-host";

    private const int LongestShown = 200;

    /// <summary>Refuses a foreign page's circuit or form.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is null
            || request.Headers.Origin is not [{ Length: > 0 } origin]
            || IsOwn(origin, request))
        {
            return next(context);
        }

        if (limiter.IsDue(nameof(OwnOrigin)))
        {
            LogRefused(logger, Shown(origin), Shown(request.IsHttps ? $"https://{request.Host}" : $"http://{request.Host}"), Networks.AddressOf(context.Connection).ToString());
        }

        if (HttpMethods.IsPost(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = RefusedPath;
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
    }

    private static string Shown(string text) => string.Concat(text.Take(LongestShown).Select(c => char.IsControl(c) ? '?' : c));

    // A proxy may end TLS: the host with its port is what counts. A page that came by plain HTTP is another one all the same.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (!request.IsHttps || from.Scheme == Uri.UriSchemeHttps)
        && HostString.FromUriComponent(from) is var host
        && host.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? DefaultPort(from.Scheme)) == (request.Host.Port ?? DefaultPort(from.Scheme));

    private static int DefaultPort(string scheme) => scheme == "https" ? 443 : 80;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A form or connection of a page at {Origin} was refused, for the portal was addressed as {Host} (by {Address}). If both are the portal, the proxy in between must pass on the header Host (and X-Forwarded-Proto, from an address in Portal:Access:TrustedProxies, where it ends TLS); docs/operations.md has tested settings")]
    private static partial void LogRefused(ILogger logger, string origin, string host, string address);
}
