using System.Net;

namespace Efento.Portal.Access;

/// <summary>Marks an endpoint that answers other machines: it asks for a token of its own or tells nothing.</summary>
public sealed class OpenToNetwork;

/// <summary>
/// Until people can sign in, whatever is not marked as open answers the portal's own machine alone, and only when asked by a name of that
/// machine: a foreign site whose name was turned to 127.0.0.1 in the visitor's browser still asks by its own name.
/// </summary>
internal static class LoopbackOnly
{
    /// <summary>What a caller from elsewhere reads.</summary>
    public const string Refusal = "The pages can be opened on the portal's own machine only (as localhost or 127.0.0.1), as long as the portal has no sign-in.";

    /// <summary>The read API asks for its own tokens, its description is public.</summary>
    private static readonly PathString[] OpenPaths = ["/api/v1", "/openapi"];

    /// <summary>Refuses a page, its circuit and its files to another machine.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsOpen(context) || IsOwnMachine(context))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Refusal, context.RequestAborted);
    }

    private static bool IsOpen(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OpenToNetwork>() is not null
        || OpenPaths.Any(path => context.Request.Path.StartsWithSegments(path));

    // In-memory and local-socket connections have no address.
    private static bool IsOwnMachine(HttpContext context) =>
        (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address)) && IsOwnName(context.Request.Host.Host);

    private static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
