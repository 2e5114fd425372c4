namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>
/// A feed of whose points Home Assistant was told at the broker of a channel, and that was not taken back there yet. The settings may have
/// lost the feed since.
/// </summary>
public sealed class AnnouncedFeed
{
    /// <summary>The key of the feed.</summary>
    public required string Feed { get; init; }

    /// <summary>The key of the channel.</summary>
    public required string Channel { get; init; }
}
