using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications;

/// <summary>Who is told of alarms at a place, in which order, and after how long.</summary>
public sealed class NotificationChain
{
    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>Its name in the file: letters, digits, -, _ and dots.</summary>
    public required string Key { get; init; }

    /// <summary>The location with everything in it; null for the whole site.</summary>
    public int? LocationId { get; set; }

    /// <summary>Alarms of this level and above are told.</summary>
    public required AlarmLevel Level { get; set; }

    /// <summary>The steps.</summary>
    public required ChainSteps Steps { get; set; }

    /// <summary>How often everybody is told again until the alarm is acknowledged or over, in ms; null for once.</summary>
    public long? RepeatMs { get; set; }
}

/// <summary>The steps of a chain.</summary>
/// <param name="All">The steps, at least one.</param>
public sealed record ChainSteps(IReadOnlyList<ChainStep> All);

/// <summary>A step of a chain.</summary>
/// <param name="AfterMs">How long after the alarm was raised, in ms.</param>
/// <param name="People">The addresses of those who are told; empty if the channels themselves are, or whoever is on duty.</param>
/// <param name="Channels">The keys of the channels; empty for those of each person.</param>
/// <param name="OnDuty">The key of the rota whose person on duty is told as well; null for none.</param>
public sealed record ChainStep(
    long AfterMs, IReadOnlyList<string> People, IReadOnlyList<string> Channels, string? OnDuty = null)
{
    /// <summary>Whether people are told, and not the channels themselves.</summary>
    public bool IsForPeople => People.Count > 0 || OnDuty is not null;
}
