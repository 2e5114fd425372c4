namespace Efento.Portal.Connections;

/// <summary>
/// Pages and links use the host name of the request. HTTP/1.0 allows requests without one; then the local address is used. An invalid name
/// is answered with 400, because it is the sender's fault.
/// </summary>
internal static class RequestHost
{
    /// <summary>Gives a request without a host the portal's address, and answers 400 if the host is invalid.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Host.HasValue && context.Connection is { LocalIpAddress: { } address, LocalPort: var port })
        {
            context.Request.Host = new HostString((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(), port);
        }

        if (Uri.TryCreate($"{context.Request.Scheme}://{context.Request.Host}/", UriKind.Absolute, out _))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
