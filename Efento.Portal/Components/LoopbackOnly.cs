using System.Net;

namespace Efento.Portal.Components;

/// <summary>
/// Until people can sign in, the pages answer the portal's own machine alone; gateways and programs are not touched by it. A reverse proxy
/// on the same machine counts as the machine.
/// </summary>
internal static class LoopbackOnly
{
    /// <summary>What a caller from elsewhere reads.</summary>
    public const string Refusal = "The pages can be opened on the portal's own machine only, as long as the portal has no sign-in.";

    /// <summary>Refuses a page, its circuit included, to another machine.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // In-memory and local-socket connections have no address.
        var isLocal = context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
        if (isLocal || context.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is null)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Refusal, context.RequestAborted);
    }

    /// <summary>Marks an endpoint as a page or the circuit of one.</summary>
    public sealed class PageMark;
}
