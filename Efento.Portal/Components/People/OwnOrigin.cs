using Efento.Portal.Access;
using Efento.Portal.Configuration;

namespace Efento.Portal.Components.People;

/// <summary>
/// Accepts circuits and sign-ins from the portal's own pages only. Browsers send the origin of a request, so a page of another site in a
/// signed-in user's browser is refused. Behind a proxy that changes the host name, the portal's own pages look foreign; the log and a page
/// explain that.
/// </summary>
internal sealed partial class OwnOrigin(RequestDelegate next, LogLimiter limiter, ILogger<OwnOrigin> log)
{
    /// <summary>The page that explains why a form was refused.</summary>
    public const string RefusedPath = "/wrong-host";

    private const int LongestShown = 200;

    /// <summary>Refuses a circuit or form of a foreign page.</summary>
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
            LogRefused(
                log, Shown(origin), Shown(request.IsHttps ? $"https://{request.Host}" : $"http://{request.Host}"),
                Networks.AddressOf(context.Connection).ToString());
        }

        if (
            HttpMethods.IsPost(request.Method)
                && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
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

    // A proxy may terminate TLS, so host and port are compared without the scheme. A page that was loaded over plain HTTP still counts as
    // foreign.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (!request.IsHttps || from.Scheme == Uri.UriSchemeHttps)
        && HostString.FromUriComponent(from) is var host
        && host.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? DefaultPort(from.Scheme)) == (request.Host.Port ?? DefaultPort(from.Scheme));

    private static int DefaultPort(string scheme) => scheme == "https" ? 443 : 80;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A form or connection from a page at {Origin} was refused because the portal was addressed as {Host} (by {Address}). If both are the portal, the proxy in between must pass on the header Host (and X-Forwarded-Proto, from an address in Portal:Access:TrustedProxies, where it ends TLS); docs/operations.md has tested settings")]
    private static partial void LogRefused(ILogger log, string origin, string host, string address);
}
