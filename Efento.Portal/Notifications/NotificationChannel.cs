using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications;

/// <summary>A channel as it is stored: a server or an address through which people and programs are told.</summary>
public sealed class NotificationChannel
{
    /// <summary>The most letters of the key of a channel or chain.</summary>
    public const int MostLetters = 100;

    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>Its name in the file and in chains: letters, digits, -, _ and dots.</summary>
    public required string Key { get; init; }

    /// <summary>Its kind.</summary>
    public required ChannelKind Kind { get; set; }

    /// <summary>Its settings without secrets, as JSON.</summary>
    public required string Settings { get; set; }

    /// <summary>Its secrets, encrypted by data protection; null if it has none.</summary>
    public string? Secrets { get; set; }

    /// <summary>Counts changes, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }
}
