namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>A feed at the broker of a channel, as far as Home Assistant is concerned.</summary>
/// <param name="Feed">The key of the feed.</param>
/// <param name="Channel">The key of the channel.</param>
/// <param name="Told">The feed of whose points it is told; null if what it was told before is taken back.</param>
internal sealed record HomeAssistantTarget(string Feed, string Channel, OutgoingFeed? Told)
{
    /// <summary>A feed of the settings.</summary>
    public static HomeAssistantTarget Of(OutgoingFeed feed) => new(feed.Key, feed.Channel, feed.IsForHomeAssistant ? feed : null);
}
