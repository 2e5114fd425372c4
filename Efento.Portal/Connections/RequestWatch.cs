using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Connections;

/// <summary>
/// Watches each request before all other middleware. It tells the connection when the request begins and ends. It also reads the rest of a
/// rejected request, because a sender that is cut off while it sends never reads the answer.
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
            if (
                context.Response.StatusCode >= StatusCodes.Status400BadRequest
                    && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            {
                await context.Response.CompleteAsync();
                var limits = connection is { IsAdmitted: true } ? Remainder.OfKnown : Remainder.OfUnknownSender;
                await Remainder.DropAsync(context, limits, time);
            }
        }
        finally
        {
            connection?.End();
        }
    }
}
