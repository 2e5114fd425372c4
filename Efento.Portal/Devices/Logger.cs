namespace Efento.Portal.Devices;

/// <summary>Whether a logger is shown.</summary>
public enum LoggerApproval : byte
{
    /// <summary>Shown.</summary>
    Accepted,

    /// <summary>Stored and synchronised, but hidden until somebody approves it.</summary>
    Held,

    /// <summary>Somebody decided that it does not belong here: hidden, and answered N.</summary>
    Refused,
}

/// <summary>A data logger, known by the serial number it measures under.</summary>
public sealed class Logger
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>12 upper-case hex digits, or what the logger says it is.</summary>
    public required string Serial { get; init; }

    /// <summary>Y (true): gateways keep its measurements and synchronise them; N (false): they do not.</summary>
    public bool Synchronise { get; set; } = true;

    /// <summary>Whether it is shown.</summary>
    public LoggerApproval Approval { get; set; }

    /// <summary>The token whose message first brought it.</summary>
    public required int FirstTokenId { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset FirstSeenUtc { get; init; }

    /// <summary>When Y or N was last set by somebody; null while nobody did.</summary>
    public DateTimeOffset? SynchroniseSetUtc { get; set; }

    /// <summary>Who set it.</summary>
    public string? SynchroniseSetBy { get; set; }

    /// <summary>Why it was set.</summary>
    public string? SynchroniseReason { get; set; }

    /// <summary>When it was retired: kept, but hidden and silent; null while it is in use.</summary>
    public DateTimeOffset? RetiredUtc { get; set; }

    /// <summary>Counts changes by people, so that nobody overwrites what they have not seen.</summary>
    public int Version { get; set; }
}

/// <summary>A place that is watched. Its name and history outlive the logger that measures there.</summary>
public sealed class MeasuringPoint
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>What people call it; the logger's serial until somebody names it.</summary>
    public required string Name { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Where exactly it is, in people's words.</summary>
    public string? Place { get; set; }

    /// <summary>The location it lies in; null until somebody places it.</summary>
    public int? LocationId { get; set; }

    /// <summary>When it was retired: its history is kept, but it is hidden and silent; null while it is in use.</summary>
    public DateTimeOffset? RetiredUtc { get; set; }

    /// <summary>Counts changes by people, so that nobody overwrites what they have not seen.</summary>
    public int Version { get; set; }
}

/// <summary>Which logger measures at which point, from when until when.</summary>
public sealed class LoggerAssignment
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The measuring point.</summary>
    public required int PointId { get; init; }

    /// <summary>The logger.</summary>
    public required int LoggerId { get; init; }

    /// <summary>From when on, by the time measured; the first one reaches back to the beginning of time.</summary>
    public required DateTimeOffset FromUtc { get; init; }

    /// <summary>Until when; null while it measures there.</summary>
    public DateTimeOffset? UntilUtc { get; set; }
}
