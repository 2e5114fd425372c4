using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Efento.Portal.History;

/// <summary>The course of a logger's values for other programs, with few enough points to draw.</summary>
internal static class HistoryApi
{
    private const string Points = "points";

    public static void MapHistoryApi(this RouteGroupBuilder api) => api
        .MapGet("loggers/{serial}/history", ReadAsync)
        .RequireAuthorization(ApiScopes.MeasurementsRead)
        .WithName("GetHistory")
        .WithTags("Measurements")
        .WithSummary("Minimum, mean and maximum of a logger over any range, with the gaps and their causes; held loggers too.")
        .WithMetadata(
            new ApiParameter("channel", JsonSchemaType.Integer, "Only this channel, 1 to 255."),
            new ApiParameter("from", JsonSchemaType.String, "The begin of the range; the first reading if not given.", "date-time"),
            new ApiParameter("to", JsonSchemaType.String, "The end of the range, not part of it; the present if not given.", "date-time"),
            new ApiParameter(
                Points, JsonSchemaType.Integer,
                $"At most so many points of each channel, {MinMax.FewestPoints} to {RangeQuery.DefaultPoints}; {RangeQuery.DefaultPoints} if not given."));

    private static async Task<Results<Ok<HistoryItem>, BadRequest<ApiError>, NotFound<ApiError>>> ReadAsync(
        string serial, HttpContext context, LoggerDirectory loggers, RangeQuery ranges, SiteScopes scopes, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query);
        var (channel, points) = (
            (byte?)query.Number("channel", 1, byte.MaxValue),
            (int)(query.Number(Points, MinMax.FewestPoints, RangeQuery.DefaultPoints) ?? RangeQuery.DefaultPoints));
        var (from, to) = (query.Time("from"), query.Time("to") ?? time.GetUtcNow().ToUnixTimeMilliseconds());
        if (from > to)
        {
            query.Fail("to", "to must not be before from.");
        }

        if (query.Fault is { } fault)
        {
            return fault;
        }

        var scope = scopes.Of(context.User);
        if (LoggerAddress.Find(context, serial, loggers, scope) is not { } logger)
        {
            return LoggerAddress.Unknown(context, serial);
        }

        var its = PointHistory.OfLogger(scope, logger);
        var until = DateTimeOffset.FromUnixTimeMilliseconds(to);
        var since = from is { } given ? DateTimeOffset.FromUnixTimeMilliseconds(given) : ranges.ExtentOf(its)?.FirstUtc ?? until;
        var history = await ranges.ReadRollupsAsync(its, since < until ? since : until, until, channel, points, context.RequestAborted);
        return TypedResults.Ok(HistoryItem.Of(logger.Serial, history));
    }
}
