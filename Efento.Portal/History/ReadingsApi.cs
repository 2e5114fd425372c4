using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Efento.Portal.History;

/// <summary>Readings for other programs.</summary>
internal static class ReadingsApi
{
    private const string Json = "application/json";
    private const string Csv = "text/csv";

    public static void MapReadingsApi(this RouteGroupBuilder api) => api
        .MapGet("loggers/{serial}/readings", ReadAsync)
        .RequireAuthorization(ApiScopes.MeasurementsRead)
        .WithName("ListReadings")
        .WithTags("Measurements")
        .WithSummary("The readings of a logger in measured order, then by channel and type; held loggers too.")
        .WithMetadata(
            new ApiParameter("channel", JsonSchemaType.Integer, "Only this channel, 1 to 255."),
            new ApiParameter("from", JsonSchemaType.String, "Measured then or later; from the first one on if not given.", "date-time"),
            new ApiParameter("to", JsonSchemaType.String, "Measured before then; to the last one if not given.", "date-time"),
            ApiParameter.After,
            ApiParameter.Limit,
            new ApiParameter("format", JsonSchemaType.String, "json or csv; as the header Accept says if not given."))
        .Produces<ItemsPage<ReadingItem>>(StatusCodes.Status200OK, Json, Csv);

    private static async Task<Results<Ok<ItemsPage<ReadingItem>>, ContentHttpResult, BadRequest<ApiError>, NotFound<ApiError>>> ReadAsync(
        string serial, HttpContext context, LoggerDirectory loggers, ReadingsQuery stored, SiteScopes scopes, ReceiptTimes receipts)
    {
        var query = new QueryReader(context.Request.Query);
        var (channel, limit, after) = ((byte?)query.Number("channel", 1, byte.MaxValue), query.Limit(), query.Cursor(ReadingCursor.Parse));
        var (from, to) = (query.Time("from"), query.Time("to"));
        var isCsv = query.Word("format", WantsCsv(context.Request) ? "csv" : "json", "json", "csv") is "csv";
        if (from > to)
        {
            query.Fail("to", "to must not be before from.");
        }

        if (query.Fault is { } fault)
        {
            return fault;
        }

        serial = SerialOf(context) ?? serial;
        var scope = scopes.Of(context.User);
        if (
            (!loggers.TryGet(serial, out var logger) && !loggers.TryGet(SerialNumber.Fold(serial), out logger))
                || !scope.SeesLogger(logger.Id))
        {
            return TypedResults.NotFound(new ApiError($"There is no logger {serial}."));
        }

        var (readings, next) = await stored.ReadPageAsync(
            scope, new ReadingPage(logger.Id, channel, from ?? long.MinValue, to ?? long.MaxValue, after, limit), context.RequestAborted);
        var page = new ItemsPage<ReadingItem>(
            [.. readings.Select(r => ReadingItem.Of(r, receipts))], next is null ? null : ReadingCursor.Format(next));
        context.Response.Headers.Vary = "Accept";
        return isCsv ? AsCsv(context, page) : TypedResults.Ok(page);
    }

    /// <summary>
    /// The serial as written in the path. The server unescapes everything except an escaped slash. So in routing values, an escaped slash
    /// looks the same as an escaped percent sign followed by "2F".
    /// </summary>
    private static string? SerialOf(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].TrimEnd('/').Split('/') is [.., var segment, _]
            ? Uri.UnescapeDataString(segment)
            : null;

    /// <summary>A table has no place for the cursor, so it goes into the headers.</summary>
    private static ContentHttpResult AsCsv(HttpContext context, ItemsPage<ReadingItem> page)
    {
        if (page.Next is { } next)
        {
            var query = context.Request.Query.Where(q => q.Key is not "after").Select(
                q => KeyValuePair.Create(q.Key, q.Value.FirstOrDefault()));
            var path = $"{context.Request.PathBase}{context.Request.Path}";
            context.Response.Headers["X-Next-Cursor"] = next;
            context.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(path, [.. query, new("after", next)])}>; rel=\"next\"";
        }

        return TypedResults.Text(ReadingsCsv.Write(page.Items), Csv, Encoding.UTF8);
    }

    /// <summary>Whether the caller accepts text/csv and prefers nothing else.</summary>
    private static bool WantsCsv(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return LikingOf(Csv) is > 0 and var csv && csv > LikingOf(Json) && csv >= LikingOf("*/*");

        double LikingOf(string type) => accepted
            .Where(a => a.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(a => a.Quality ?? 1).DefaultIfEmpty().Max();
    }
}
