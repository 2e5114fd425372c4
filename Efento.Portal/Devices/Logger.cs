namespace Efento.Portal.Devices;

/// <summary>Whether a logger is shown.</summary>
public enum LoggerApproval : byte
{
    /// <summary>Shown.</summary>
    Accepted,

    /// <summary>Stored and synchronised, but hidden until a user approves it.</summary>
    Held,

    /// <summary>Rejected by a user because it does not belong here: hidden, and answered N.</summary>
    Refused,
}

/// <summary>A data logger, known by the serial number it measures under.</summary>
public sealed class Logger
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>12 upper-case hex digits, or the text that the logger sent.</summary>
    public required string Serial { get; init; }

    /// <summary>Y (true): gateways keep its measurements and synchronise them; N (false): they do not.</summary>
    public bool Synchronise { get; set; } = true;

    /// <summary>Whether it is shown.</summary>
    public LoggerApproval Approval { get; set; }

    /// <summary>The token whose message first brought it.</summary>
    public required int FirstTokenId { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset FirstSeenUtc { get; init; }

    /// <summary>When a user last set Y or N; null if none ever did.</summary>
    public DateTimeOffset? SynchroniseSetUtc { get; set; }

    /// <summary>Who set it.</summary>
    public string? SynchroniseSetBy { get; set; }

    /// <summary>Why it was set.</summary>
    public string? SynchroniseReason { get; set; }

    /// <summary>When it was retired: kept, but hidden and silent; null while it is in use.</summary>
    public DateTimeOffset? RetiredUtc { get; set; }

    /// <summary>Counts changes by people, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }
}

/// <summary>A place that is monitored. It keeps its name and history when its logger is replaced.</summary>
public sealed class MeasuringPoint
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>Its name; the logger's serial until a user names it.</summary>
    public required string Name { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>The remark beside its location, in the users' words.</summary>
    public string? Place { get; set; }

    /// <summary>The location it lies in; null until a user places it.</summary>
    public int? LocationId { get; set; }

    /// <summary>When it was retired: its history is kept, but it is hidden and silent; null while it is in use.</summary>
    public DateTimeOffset? RetiredUtc { get; set; }

    /// <summary>Counts changes by people, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }
}

/// <summary>A time in which a logger measures at a point.</summary>
public sealed class LoggerAssignment
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The measuring point.</summary>
    public required int PointId { get; init; }

    /// <summary>The logger.</summary>
    public required int LoggerId { get; init; }

    /// <summary>The begin, by the time measured. The first assignment of a point reaches back to the beginning of time.</summary>
    public required DateTimeOffset FromUtc { get; init; }

    /// <summary>The end; null while it measures there.</summary>
    public DateTimeOffset? UntilUtc { get; set; }
}
