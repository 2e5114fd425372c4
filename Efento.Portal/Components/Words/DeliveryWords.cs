using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using MudBlazor;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about channels of notifications, and about what was sent through them.</summary>
internal static class DeliveryWords
{
    /// <summary>The name of a kind of channel.</summary>
    public static string Kind(ChannelKind kind) => kind switch
    {
        ChannelKind.Email => DeliveryText.KindEmail,
        ChannelKind.Webhook => DeliveryText.KindWebhook,
        ChannelKind.Ntfy => DeliveryText.KindNtfy,
        ChannelKind.Slack => DeliveryText.KindSlack,
        ChannelKind.Teams => DeliveryText.KindTeams,
        ChannelKind.Sms => DeliveryText.KindSms,
        ChannelKind.Mqtt => DeliveryText.KindMqtt,
        ChannelKind.Push => DeliveryText.KindPush,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>What a delivery tells.</summary>
    public static string Event(DeliveryEvent its) => its switch
    {
        DeliveryEvent.Raised => DeliveryText.EventRaised,
        DeliveryEvent.Rose => DeliveryText.EventRose,
        DeliveryEvent.Repeated => DeliveryText.EventRepeated,
        DeliveryEvent.Acknowledged => DeliveryText.EventAcknowledged,
        DeliveryEvent.Ended => DeliveryText.EventEnded,
        DeliveryEvent.Withdrawn => DeliveryText.EventWithdrawn,
        DeliveryEvent.Flapping => DeliveryText.EventFlapping,
        DeliveryEvent.TakenOn => DeliveryText.EventTakenOn,
        DeliveryEvent.Cleared => DeliveryText.EventCleared,
        DeliveryEvent.Watching => DeliveryText.EventWatching,
        DeliveryEvent.Drill => DeliveryText.EventDrill,
        DeliveryEvent.FoundLate => DeliveryText.EventFoundLate,
        _ => throw new ArgumentOutOfRangeException(nameof(its), its, null),
    };

    /// <summary>The word for a state, for those who choose one.</summary>
    public static string State(DeliveryState state) => state switch
    {
        DeliveryState.Queued => DeliveryText.WaitsFirst,
        DeliveryState.Sent => DeliveryText.Sent,
        DeliveryState.Accepted => DeliveryText.Accepted,
        DeliveryState.Failed => DeliveryText.Failed,
        DeliveryState.Ended => DeliveryText.Ended,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>What became of a delivery, or why it was not sent.</summary>
    /// <param name="its">The delivery.</param>
    /// <param name="nowUtc">The present time.</param>
    /// <param name="isChannelOff">Whether its channel is switched off.</param>
    public static string State(Delivery its, DateTimeOffset nowUtc, bool isChannelOff) => its switch
    {
        { State: DeliveryState.Queued } when its.DueUtc > nowUtc => DeliveryText.Planned,
        { State: DeliveryState.Queued } when isChannelOff => DeliveryText.WaitsForChannel,
        { State: DeliveryState.Queued, Attempts: > 0 } => DeliveryText.WaitsAgain,
        { End: { } end } => End(end),
        _ => State(its.State),
    };

    /// <summary>Why a delivery was not sent.</summary>
    public static string End(DeliveryEnd end) => end switch
    {
        DeliveryEnd.Over => DeliveryText.EndOver,
        DeliveryEnd.Acknowledged => DeliveryText.EndAcknowledged,
        DeliveryEnd.Explained => DeliveryText.EndExplained,
        DeliveryEnd.Replaced => DeliveryText.EndReplaced,
        DeliveryEnd.NotAllowed => DeliveryText.EndNotAllowed,
        DeliveryEnd.Removed => DeliveryText.EndRemoved,
        DeliveryEnd.OffDuty => DeliveryText.EndOffDuty,
        DeliveryEnd.NoDevice => DeliveryText.EndNoDevice,
        DeliveryEnd.Dropped => DeliveryText.EndDropped,
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, null),
    };

    /// <summary>The icon of a state.</summary>
    public static string Icon(DeliveryState state) => state switch
    {
        DeliveryState.Accepted => Icons.Material.Outlined.CheckCircle,
        DeliveryState.Failed => Icons.Material.Outlined.ErrorOutline,
        DeliveryState.Ended => Icons.Material.Outlined.Block,
        DeliveryState.Sent => Icons.Material.Outlined.Send,
        _ => Icons.Material.Outlined.Schedule,
    };

    /// <summary>Where a channel leads, without anything secret; empty where that is a secret itself.</summary>
    public static string Where(ChannelSettings its) => its switch
    {
        { Kind: ChannelKind.Sms, To: { } to } => to,
        { Host: { } host, Port: { } port } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{host}:{port}"),
        { Host: { } host } => host,
        { Url: { } url } => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Path) : url,
        _ => "",
    };
}
