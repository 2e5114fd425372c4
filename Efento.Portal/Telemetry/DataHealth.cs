using Efento.Portal.Devices;
using Efento.Portal.Ingest;

namespace Efento.Portal.Telemetry;

/// <summary>
/// Answers whether data arrives, for whoever watches the portal from outside: 200 if at least one logger that is expected to measure was
/// heard within its promise. It needs no token and names nothing.
/// </summary>
internal static class DataHealth
{
    /// <summary>The path.</summary>
    public const string Route = "/health/data";

    /// <summary>Answers.</summary>
    public static async Task AnswerAsync(HttpContext context, SiteFigures figures)
    {
        var counted = await figures.CountAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        if (Count(LoggerCondition.Fresh, LoggerCondition.Due) > 0)
        {
            await HealthReply.WriteAsync(context, "Healthy");
            return;
        }

        var isAnyLate = Count(LoggerCondition.Late, LoggerCondition.Silent, LoggerCondition.InMaintenance) > 0;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await HealthReply.WriteAsync(
            context, "Unhealthy",
            isAnyLate ? "No logger was heard within the time it promised." : "No logger promises a measurement, so none is expected.");

        int Count(params ReadOnlySpan<LoggerCondition> conditions)
        {
            var sum = 0;
            foreach (var condition in conditions)
            {
                sum += counted.GetValueOrDefault(condition);
            }

            return sum;
        }
    }
}
