using System.Text;
using System.Text.Encodings.Web;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Efento.Portal.History;

/// <summary>Readings for other programs: page by page, or all in one answer.</summary>
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
            ApiParameter.LimitOrAll,
            new ApiParameter("format", JsonSchemaType.String, "json or csv; as the header Accept says if not given."))
        .Produces<ItemsPage<ReadingItem>>(StatusCodes.Status200OK, Json, Csv);

    private static async Task<
        Results<Ok<ItemsPage<ReadingItem>>, ContentHttpResult, ReadingsDownload, BadRequest<ApiError>, NotFound<ApiError>>> ReadAsync(
        string serial, HttpContext context, LoggerDirectory loggers, ReadingsQuery stored, SiteScopes scopes, ReceiptTimes receipts,
        IOptions<JsonOptions> json)
    {
        var query = new QueryReader(context.Request.Query);
        var (channel, limit, after) = (
            (byte?)query.Number("channel", 1, byte.MaxValue), query.LimitOrAll(), query.Cursor(ReadingCursor.Parse));
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

        var scope = scopes.Of(context.User);
        if (LoggerAddress.Find(context, serial, loggers, scope) is not { } logger)
        {
            return LoggerAddress.Unknown(context, serial);
        }

        var wanted = new ReadingPage(logger.Id, channel, from ?? long.MinValue, to ?? long.MaxValue, after, limit ?? int.MaxValue);
        if (limit is null)
        {
            return new ReadingsDownload(
                stored, scope, wanted,
                isCsv
                    ? new CsvReadings(receipts)
                    : new JsonReadings(json.Value.SerializerOptions.Encoder ?? JavaScriptEncoder.Default, receipts));
        }

        var (readings, next) = await stored.ReadPageAsync(scope, wanted, context.RequestAborted);
        var page = new ItemsPage<ReadingItem>(
            [.. readings.Select(r => ReadingItem.Of(r, receipts))], next is null ? null : ReadingCursor.Format(next));
        context.Response.Headers.Vary = "Accept";
        return isCsv ? AsCsv(context, page) : TypedResults.Ok(page);
    }

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
