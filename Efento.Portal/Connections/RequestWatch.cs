using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Connections;

/// <summary>
/// Watches each request from before anything else looks at it: tells its connection when it begins and ends, and reads what is left of one
/// that was refused, for a sender that is cut off while it sends never reads why.
/// </summary>
internal sealed class RequestWatch(TimeProvider time) : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(WatchAsync);
        next(app);
    };

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        var connection = context.Features.Get<OpenConnection>();
        connection?.Begin();
        try
        {
            await next(context);
            if (context.Response.StatusCode >= StatusCodes.Status400BadRequest && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            {
                await context.Response.CompleteAsync();
                await Remainder.DropAsync(context, connection is { IsLetIn: true } ? Remainder.OfKnown : Remainder.OfStranger, time);
            }
        }
        finally
        {
            connection?.End();
        }
    }
}
