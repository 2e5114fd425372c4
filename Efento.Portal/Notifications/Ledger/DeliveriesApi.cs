using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Health;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Efento.Portal.Notifications.Ledger;

/// <summary>Who was told of alarms, for other programs.</summary>
internal static class DeliveriesApi
{
    /// <summary>Maps the route.</summary>
    public static void MapDeliveriesApi(this RouteGroupBuilder api) => api.MapGet("deliveries", ListAsync)
        .RequireAuthorization(ApiScopes.DeliveriesRead)
        .WithName("ListDeliveries")
        .WithTags("Alarms")
        .WithSummary("Who was told of alarms, in the order in which it was queued.")
        .WithMetadata(
            new ApiParameter("state", JsonSchemaType.String, "queued, sent, accepted, failed or ended; all if not given."),
            new ApiParameter("channel", JsonSchemaType.String, "The key of a channel; all if not given."),
            new ApiParameter("alarm", JsonSchemaType.Integer, "The id of an alarm; all if not given."),
            new ApiParameter("from", JsonSchemaType.String, "Only deliveries that were due from this time on.", "date-time"),
            new ApiParameter("to", JsonSchemaType.String, "Only deliveries that were due before this time.", "date-time"),
            ApiParameter.After,
            ApiParameter.Limit);

    private static async Task<Results<Ok<ItemsPage<DeliveryItem>>, BadRequest<ApiError>>> ListAsync(
        HttpContext context, DeliveryQuery deliveries, ChannelBoard channels, SiteScopes scopes)
    {
        var query = new QueryReader(context.Request.Query);
        var filter = new DeliveryFilter
        {
            State = StateOf(query.Word("state", "", "queued", "sent", "accepted", "failed", "ended")),
            Channel = query.Text("channel"),
            AlarmId = (int?)query.Number("alarm", 1, int.MaxValue),
            FromUtc = At(query.Time("from")),
            ToUtc = At(query.Time("to")),
        };
        var (after, limit) = (query.Number("after", 0, long.MaxValue) ?? 0, query.Limit());
        if (query.Fault is { } fault)
        {
            return fault;
        }

        var found = await deliveries.ListByIdAsync(scopes.Of(context.User), filter, after, limit + 1, context.RequestAborted);
        return TypedResults.Ok(new ItemsPage<DeliveryItem>(
            [.. found.Take(limit).Select(l => DeliveryItem.Of(l.Delivery, channels))],
            found.Count > limit ? found[limit - 1].Delivery.Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static DeliveryState? StateOf(string word) =>
        Enum.TryParse<DeliveryState>(word, ignoreCase: true, out var state) ? state : null;

    private static DateTimeOffset? At(long? ms) => ms is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}

/// <summary>A delivery in the read API; docs/read-api.md describes its fields.</summary>
internal sealed record DeliveryItem
{
    private const string ChannelIsOff = "channelOff";

    public required long Id { get; init; }
    public required string Key { get; init; }
    public required int? AlarmId { get; init; }
    public required int? DrillId { get; init; }
    public required string Event { get; init; }
    public required string Chain { get; init; }
    public required string Channel { get; init; }
    public required string? Recipient { get; init; }
    public required string State { get; init; }
    public required string? EndedBecause { get; init; }
    public required string? WaitsBecause { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset? AttemptedAt { get; init; }
    public required DateTimeOffset? DoneAt { get; init; }
    public required string? Answer { get; init; }

    /// <summary>A delivery for a program.</summary>
    public static DeliveryItem Of(Delivery its, ChannelBoard channels) => new()
    {
        Id = its.Id,
        Key = its.Key,
        AlarmId = its.IsOfAlarm ? its.AlarmId : null,
        DrillId = its.DrillId == 0 ? null : its.DrillId,
        Event = AlarmItem.Word(its.Event),
        Chain = its.Chain,
        Channel = its.Channel,
        Recipient = its.Address,
        State = AlarmItem.Word(its.State),
        EndedBecause = its.End is { } end ? AlarmItem.Word(end) : null,
        WaitsBecause = its.State is DeliveryState.Queued && channels.Of(its.Channel)?.State is ChannelState.Off ? ChannelIsOff : null,
        QueuedAt = its.QueuedUtc,
        DueAt = its.DueUtc,
        Attempts = its.Attempts,
        AttemptedAt = its.AttemptedUtc,
        DoneAt = its.DoneUtc,
        Answer = its.Answer,
    };
}
