namespace Efento.Portal.Connections;

/// <summary>
/// Pages and links are made with the name the browser asked for. HTTP/1.0 need not name one: the address that was connected to stands for
/// it. What is no name is the sender's fault, not the portal's.
/// </summary>
internal static class RequestHost
{
    /// <summary>Gives a request without a host the portal's address; answers 400 to one that is none.</summary>
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
