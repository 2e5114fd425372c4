using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Alarms.Lists;

/// <summary>Which alarms are wanted.</summary>
public sealed record AlarmFilter
{
    /// <summary>In which state; null for all but withdrawn ones.</summary>
    public AlarmState? State { get; init; }

    /// <summary>Only those that nobody has acknowledged (true) or that somebody has (false); null for both.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>The highest level reached; null for both.</summary>
    public AlarmLevel? Level { get; init; }

    /// <summary>What is watched; null for everything.</summary>
    public RuleKind? Kind { get; init; }

    /// <summary>The measuring point; null for all.</summary>
    public int? PointId { get; init; }

    /// <summary>The gateway; null for all.</summary>
    public int? GatewayId { get; init; }

    /// <summary>The location, with everything in it; null for all.</summary>
    public int? LocationId { get; init; }

    /// <summary>Who acknowledged it or is on it; null for anybody.</summary>
    public string? Person { get; init; }

    /// <summary>Only those that were not over by this time, Unix ms; null for all.</summary>
    public long? FromMs { get; init; }

    /// <summary>Only those that began before this time, Unix ms; null for all.</summary>
    public long? ToMs { get; init; }

    /// <summary>Only those that this alarm explains; null for all.</summary>
    public int? CauseId { get; init; }
}

/// <summary>The state of an alarm.</summary>
public enum AlarmState : byte
{
    /// <summary>It goes on.</summary>
    Active,

    /// <summary>It is over.</summary>
    Ended,

    /// <summary>The readings do not justify it any more.</summary>
    Withdrawn,
}
