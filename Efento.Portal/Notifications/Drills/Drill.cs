using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Drills;

/// <summary>
/// A drill: messages that are marked as such to those who would be told of an alarm. Its deliveries say who was told, its confirmations who
/// has read it. It is never deleted.
/// </summary>
public sealed class Drill
{
    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Who started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>The key of the chain; null if those are told who would be told of an alarm.</summary>
    public string? Chain { get; init; }

    /// <summary>The level of that alarm, or of the chain.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>The name of the measuring point of that alarm; null for a gateway or the portal, and for a chain.</summary>
    public string? Point { get; init; }

    /// <summary>Whether all steps are told at once, not after their times.</summary>
    public required bool IsAtOnce { get; init; }

    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset EndsUtc { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedUtc { get; set; }

    /// <summary>Who ended it; null if it ended by itself.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Whether it goes on.</summary>
    public bool IsOn => EndedUtc is null;

    /// <summary>How the audit trail names it.</summary>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"drill {Id}");
}

/// <summary>Somebody has confirmed that they read the message of a drill.</summary>
public sealed class DrillConfirmation
{
    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>The drill.</summary>
    public required int DrillId { get; init; }

    /// <summary>The key of the channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The e-mail address; null where the channel itself is the recipient.</summary>
    public string? Address { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>The IP address from which it came.</summary>
    public required string From { get; init; }
}
