using System.Globalization;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Devices;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Efento.Portal.Alarms;

/// <summary>Alarms for other programs.</summary>
internal static class AlarmsApi
{
    private const int MostBytes = 16 * 1024;

    /// <summary>Scripts often omit the Content-Type header; curl -d then sends that of a form.</summary>
    private const string AnyType = "*/*";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("alarms", ListAsync)
            .RequireAuthorization(ApiScopes.AlarmsRead)
            .WithName("ListAlarms")
            .WithTags("Alarms")
            .WithSummary("Alarms, in the order in which they became known.")
            .WithMetadata(
                new ApiParameter("state", JsonSchemaType.String, "active, ended or withdrawn; all but withdrawn ones if not given."),
                new ApiParameter("level", JsonSchemaType.String, "warning or critical: the highest level reached; both if not given."),
                new ApiParameter("point", JsonSchemaType.Integer, "The id of a measuring point; all if not given."),
                new ApiParameter("from", JsonSchemaType.String, "Only alarms that were not over by this time.", "date-time"),
                new ApiParameter("to", JsonSchemaType.String, "Only alarms that began before this time.", "date-time"),
                ApiParameter.After,
                ApiParameter.Limit);
        api.MapGet("alarms/{id:int}", FindAsync)
            .RequireAuthorization(ApiScopes.AlarmsRead)
            .WithName("GetAlarm")
            .WithTags("Alarms")
            .WithSummary("One alarm.");
        api.MapPost("alarms/{id:int}/acknowledgement", AcknowledgeAsync)
            .RequireAuthorization(ApiScopes.AlarmsAcknowledge)
            .WithName("AcknowledgeAlarm")
            .WithTags("Alarms")
            .WithSummary("Says what was done about an alarm.")
            .Accepts<AcknowledgementOrder>("application/json", AnyType);
    }

    private static async Task<Results<Ok<ItemsPage<AlarmItem>>, BadRequest<ApiError>>> ListAsync(
        HttpContext context, AlarmQuery alarms, SiteScopes scopes)
    {
        var query = new QueryReader(context.Request.Query);
        var filter = new AlarmFilter
        {
            State = StateOf(query.Word("state", "", "active", "ended", "withdrawn")),
            Level = LevelOf(query.Word("level", "", "warning", "critical")),
            PointId = (int?)query.Number("point", 1, int.MaxValue),
            FromMs = query.Time("from"),
            ToMs = query.Time("to"),
        };
        var (after, limit) = (query.Number("after", 0, int.MaxValue) ?? 0, query.Limit());
        if (query.Fault is { } fault)
        {
            return fault;
        }

        var found = await alarms.ListByIdAsync(scopes.Of(context.User), filter, (int)after, limit + 1, context.RequestAborted);
        return TypedResults.Ok(new ItemsPage<AlarmItem>(
            [.. found.Take(limit).Select(AlarmItem.Of)],
            found.Count > limit ? found[limit - 1].Alarm.Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<Results<Ok<AlarmItem>, NotFound<ApiError>>> FindAsync(
        HttpContext context, AlarmQuery alarms, SiteScopes scopes, int id) =>
        await alarms.FindAsync(scopes.Of(context.User), id, context.RequestAborted) is { } found
            ? TypedResults.Ok(AlarmItem.Of(found.Line))
            : TypedResults.NotFound(new ApiError("There is no such alarm."));

    private static async Task<Results<Ok<AlarmItem>, BadRequest<ApiError>, NotFound<ApiError>, Conflict<ApiError>>> AcknowledgeAsync(
        HttpContext context, AlarmActions actions, AlarmQuery alarms, SiteScopes scopes, int id)
    {
        if (await ReadAsync(context) is not { } order)
        {
            return TypedResults.BadRequest(
                new ApiError("""The body must be JSON such as {"comment":"Door was open","cause":null,"action":null}."""));
        }

        var scope = scopes.Of(context.User);
        var said = new Acknowledgement(order.Comment ?? "", order.Cause, order.Action);
        var outcome = await actions.AcknowledgeAsync(scope, RequestActor.Of(context), id, said, context.RequestAborted);
        return outcome.Fault switch
        {
            null => TypedResults.Ok(AlarmItem.Of((await alarms.FindAsync(scope, id, context.RequestAborted))!.Line)),
            AlarmFault.AlreadyAcknowledged => TypedResults.Conflict(new ApiError($"It was acknowledged before, by {outcome.By}.")),
            AlarmFault.TextMissing => TypedResults.BadRequest(
                new ApiError("comment must say what was done about the alarm.", "comment")),
            AlarmFault.TooLong => TypedResults.BadRequest(
                new ApiError($"comment must have at most {AlarmEvent.MostLetters} letters.", "comment")),
            _ => TypedResults.NotFound(new ApiError("There is no such alarm.")),
        };
    }

    private static async Task<AcknowledgementOrder?> ReadAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostBytes;
        try
        {
            return await JsonSerializer.DeserializeAsync<AcknowledgementOrder>(
                context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
        }
        catch (Exception fault) when (fault is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static AlarmState? StateOf(string word) => Enum.TryParse<AlarmState>(word, ignoreCase: true, out var state) ? state : null;

    private static AlarmLevel? LevelOf(string word) => Enum.TryParse<AlarmLevel>(word, ignoreCase: true, out var level) ? level : null;
}

/// <summary>The body of an acknowledgement.</summary>
/// <param name="Comment">What was done.</param>
/// <param name="Cause">Why it happened; null if that is not said.</param>
/// <param name="Action">What was done, in one of the site's words; null if that is not said.</param>
internal sealed record AcknowledgementOrder(string? Comment, string? Cause = null, string? Action = null);
