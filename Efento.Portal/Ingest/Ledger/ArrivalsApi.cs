using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Efento.Portal.Ingest.Ledger;

/// <summary>Lists messages in order of receipt, for programs that read exactly what is new or late.</summary>
internal static class ArrivalsApi
{
    public static void MapArrivalsApi(this RouteGroupBuilder api) => api
        .MapGet("arrivals", ReadAsync)
        .RequireAuthorization(ApiScopes.MeasurementsRead)
        .WithName("ListArrivals")
        .WithTags("Measurements")
        .WithSummary("Messages with readings in the order received. The id of any of them is the cursor of what comes after it.")
        .WithMetadata(ApiParameter.After, ApiParameter.Limit)
        .Produces<ApiError>(StatusCodes.Status410Gone);

    private static async Task<Results<Ok<ItemsPage<ArrivalItem>>, BadRequest<ApiError>, JsonHttpResult<ApiError>>> ReadAsync(
        HttpContext context, LedgerQuery ledger, SiteScopes scopes)
    {
        var query = new QueryReader(context.Request.Query);
        var (after, limit) = (query.Number("after", 0, long.MaxValue) ?? 0, query.Limit());
        if (query.Fault is { } fault)
        {
            return fault;
        }

        if (await ledger.ReadArrivalsAsync(scopes.Of(context.User), after, limit, context.RequestAborted) is not { } page)
        {
            return TypedResults.Json(
                new ApiError("The ledger does not reach back to this cursor. Read what you need again and begin without after.", "after"),
                statusCode: StatusCodes.Status410Gone);
        }

        var next = page.Next?.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Ok(new ItemsPage<ArrivalItem>([.. page.Items.Select(ArrivalItem.Of)], next));
    }
}

/// <summary>A message in the read API.</summary>
/// <param name="Id">The message id. Pass it as <c>after</c> to read what was received later. It is the messageId of the readings.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Loggers">The serials of the loggers whose readings it contains.</param>
/// <param name="EarliestMeasuredAt">The earliest time of measurement in it.</param>
/// <param name="LatestMeasuredAt">The latest time of measurement in it.</param>
internal sealed record ArrivalItem(
    long Id, DateTimeOffset ReceivedAt, IReadOnlyList<string> Loggers, DateTimeOffset EarliestMeasuredAt, DateTimeOffset LatestMeasuredAt)
{
    /// <summary>Converts a message for the API.</summary>
    public static ArrivalItem Of(Arrival arrival) =>
        new(arrival.Id, arrival.ReceivedAtUtc, arrival.Loggers, arrival.EarliestMeasuredAtUtc, arrival.LatestMeasuredAtUtc);
}
