namespace Efento.Portal.Components.People;

/// <summary>
/// Circuits and sign-ins are opened by the portal's own pages alone: a page of another site in a signed-in person's browser is refused,
/// since browsers say where a request comes from.
/// </summary>
internal static class OwnOrigin
{
    /// <summary>Refuses a foreign page's circuit or form.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is null
            || request.Headers.Origin is not [{ Length: > 0 } origin]
            || IsOwn(origin, request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // A proxy may end TLS: the host with its port is what counts. A page that came by plain HTTP is another one all the same.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (!request.IsHttps || from.Scheme == Uri.UriSchemeHttps)
        && HostString.FromUriComponent(from) is var host
        && host.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? DefaultPort(from.Scheme)) == (request.Host.Port ?? DefaultPort(from.Scheme));

    private static int DefaultPort(string scheme) => scheme == "https" ? 443 : 80;
}
