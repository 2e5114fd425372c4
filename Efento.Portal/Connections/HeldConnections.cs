using Microsoft.AspNetCore.SignalR;

namespace Efento.Portal.Connections;

/// <summary>Connections of people and programs that were let in; those of open pages and live hubs stay so few that gateways have room beside them.</summary>
internal sealed class HeldConnections(RequestDelegate next, ConnectionRoom room)
{
    private const string RetryAfterSeconds = "30";

    /// <summary>Serves a request of somebody who is known by now, or of a stranger.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var connection = context.Features.Get<OpenConnection>();
        if (context.User.Identity?.IsAuthenticated is true)
        {
            connection?.LetIn();
        }

        if (connection is null || context.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is null)
        {
            await next(context);
            return;
        }

        if (!room.TryHold(connection))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            room.LetGo(connection);
        }
    }
}
