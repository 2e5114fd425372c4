using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Efento.Portal.Maintenance;

/// <summary>The maintenance mode for deployment scripts.</summary>
internal static class MaintenanceApi
{
    private const int MostBytes = 16 * 1024;

    /// <summary>Scripts often omit the Content-Type header; curl -d then sends that of a form.</summary>
    private const string AnyType = "*/*";

    public static void MapMaintenanceApi(this RouteGroupBuilder api)
    {
        api.MapGet("maintenance", (MaintenanceMode mode) => TypedResults.Ok(MaintenanceState.Of(mode)))
            .RequireAuthorization(ApiScopes.MaintenanceWrite)
            .WithName("GetMaintenance")
            .WithTags("Maintenance")
            .WithSummary("Whether maintenance is on, and what is planned.");
        api.MapPut("maintenance", PutAsync)
            .RequireAuthorization(ApiScopes.MaintenanceWrite)
            .WithName("PutMaintenance")
            .WithTags("Maintenance")
            .WithSummary("Turns maintenance on or off, or plans it. Turned on while it is on, it gets the new end and reason.")
            .Accepts<MaintenanceOrder>("application/json", AnyType);
    }

    private static async Task<Results<Ok<MaintenanceState>, BadRequest<ApiError>, Conflict<ApiError>>> PutAsync(
        HttpContext context, MaintenanceMode mode, TimeProvider time)
    {
        if (await ReadAsync(context) is not { } order)
        {
            return TypedResults.BadRequest(
                new ApiError("""The body must be JSON such as {"on":true,"minutes":30,"reason":"New disk"} or {"on":false}."""));
        }

        var request = MaintenanceRequest.Of(order, time.GetUtcNow());
        if (request.Fault is { } fault)
        {
            return TypedResults.BadRequest(fault);
        }

        var outcome = await request.DoAsync(mode, RequestActor.Of(context), context.RequestAborted);
        var isThere = outcome.IsDone
            || outcome.Fault is MaintenanceFault.Off
            || (outcome.Fault is MaintenanceFault.Overlap && request.IsFor(outcome.Window!));
        var why = new ApiError(outcome.Why(UtcMilliseconds.Format), ParameterOf(outcome.Fault));
        return isThere ? TypedResults.Ok(MaintenanceState.Of(mode))
            : outcome.Fault is MaintenanceFault.Overlap ? TypedResults.Conflict(why)
            : TypedResults.BadRequest(why);
    }

    private static async Task<MaintenanceOrder?> ReadAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostBytes;
        try
        {
            return await JsonSerializer.DeserializeAsync<MaintenanceOrder>(
                context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
        }
        catch (Exception fault) when (fault is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static string? ParameterOf(MaintenanceFault? fault) => fault switch
    {
        MaintenanceFault.Reason => "reason",
        MaintenanceFault.Begin => "from",
        MaintenanceFault.End or MaintenanceFault.Length => "until",
        _ => null,
    };
}
