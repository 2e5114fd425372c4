using Microsoft.AspNetCore.SignalR;

namespace Efento.Portal.Connections;

/// <summary>
/// Notes which connections serve authenticated users and programs, and limits those of open pages and live hubs, so that gateways have room
/// beside them.
/// </summary>
internal sealed class HeldConnections(RequestDelegate next, ConnectionRoom room)
{
    private const string RetryAfterSeconds = "30";

    /// <summary>Handles a request after authentication.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var connection = context.Features.Get<OpenConnection>();
        if (context.User.Identity?.IsAuthenticated is true)
        {
            connection?.Admit();
        }

        if (connection is null || context.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is null)
        {
            await next(context);
        }
        else if (IsBrief(context.Request))
        {
            await ServeBriefAsync(context, connection);
        }
        else
        {
            await HoldAsync(context, connection);
        }
    }

    // A message or the end of a long-polling client, or a negotiation. These are answered at once, often on a connection of their own.
    private static bool IsBrief(HttpRequest request) => HttpMethods.IsPost(request.Method) || HttpMethods.IsDelete(request.Method);

    private static void Refuse(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds;
    }

    private Task ServeBriefAsync(HttpContext context, OpenConnection connection)
    {
        // If the negotiation is rejected, the client tries no other transport.
        if (!room.MayHold(connection) && context.Request.Path.Value?.EndsWith("/negotiate", StringComparison.Ordinal) is true)
        {
            Refuse(context.Response);
            return Task.CompletedTask;
        }

        return next(context);
    }

    private async Task HoldAsync(HttpContext context, OpenConnection connection)
    {
        if (!room.TryHold(connection))
        {
            Refuse(context.Response);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            room.Release(connection);
        }
    }
}
