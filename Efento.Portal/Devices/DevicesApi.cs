using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Efento.Portal.Devices;

/// <summary>Loggers and gateways for other programs.</summary>
internal static class DevicesApi
{
    public static void MapDevicesApi(this RouteGroupBuilder api)
    {
        api.MapGet("loggers", ListLoggersAsync)
            .RequireAuthorization(ApiScopes.MeasurementsRead)
            .WithName("ListLoggers")
            .WithTags("Devices")
            .WithSummary("Loggers as they stand now, oldest first.")
            .WithMetadata(
                new ApiParameter("held", JsonSchemaType.String, "true: those held for approval too; false if not given."),
                ApiParameter.After,
                ApiParameter.Limit);
        api.MapGet("gateways", ListGatewaysAsync)
            .RequireAuthorization(ApiScopes.GatewaysRead)
            .WithName("ListGateways")
            .WithTags("Devices")
            .WithSummary("Gateways as they stand now, oldest first.")
            .WithMetadata(ApiParameter.After, ApiParameter.Limit);
    }

    private static async Task<Results<Ok<ItemsPage<LoggerItem>>, BadRequest<ApiError>>> ListLoggersAsync(
        HttpContext context, LoggerQuery loggers, SiteScopes scopes, ReceiptTimes receipts, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query);
        var (after, limit, held) = (
            query.Number("after", 0, int.MaxValue) ?? 0, query.Limit(), query.Word("held", "false", "false", "true") is "true");
        if (query.Fault is { } fault)
        {
            return fault;
        }

        var now = time.GetUtcNow();
        var found = await loggers.ListAsync(scopes.Of(context.User), held, context.RequestAborted);
        return TypedResults.Ok(PageOf(found, l => l.Id, l => LoggerItem.Of(l, receipts, now), after, limit));
    }

    private static async Task<Results<Ok<ItemsPage<GatewayItem>>, BadRequest<ApiError>>> ListGatewaysAsync(
        HttpContext context, GatewayQuery gateways, SiteScopes scopes)
    {
        var query = new QueryReader(context.Request.Query);
        var (after, limit) = (query.Number("after", 0, int.MaxValue) ?? 0, query.Limit());
        if (query.Fault is { } fault)
        {
            return fault;
        }

        var found = await gateways.ListAsync(scopes.Of(context.User), context.RequestAborted);
        return TypedResults.Ok(PageOf(found, g => g.Id, GatewayItem.Of, after, limit));
    }

    /// <summary>Orders by key. New ones come last, so a list that is read page by page misses none.</summary>
    private static ItemsPage<TItem> PageOf<T, TItem>(IEnumerable<T> found, Func<T, int> id, Func<T, TItem> item, long after, int limit)
    {
        var rest = found.Where(one => id(one) > after).OrderBy(id).Take(limit + 1).ToList();
        return new ItemsPage<TItem>(
            [.. rest.Take(limit).Select(item)],
            rest.Count > limit ? id(rest[limit - 1]).ToString(CultureInfo.InvariantCulture) : null);
    }
}
