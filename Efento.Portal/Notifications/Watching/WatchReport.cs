using Efento.Portal.Alarms.Lists;

namespace Efento.Portal.Notifications.Watching;

/// <summary>How the site stands, for the mail of a day.</summary>
internal sealed record WatchReport
{
    /// <summary>How many points are in which state, the worst first; states without a point are left out.</summary>
    public required IReadOnlyList<(WatchedState State, int Count)> Points { get; init; }

    /// <summary>The first alarms that nobody has acknowledged, the worst first.</summary>
    public required IReadOnlyList<AlarmLine> Alarms { get; init; }

    /// <summary>How many alarms nobody has acknowledged.</summary>
    public required int AlarmCount { get; init; }

    /// <summary>The point whose newest value is the oldest, with its time in Unix ms; null before the first value.</summary>
    public required (string Point, long MeasuredMs)? Oldest { get; init; }

    /// <summary>The channels through which nothing gets, and since when, in Unix ms.</summary>
    public required IReadOnlyList<(string Channel, long SinceMs)> Failing { get; init; }

    /// <summary>How many entries the audit trail has.</summary>
    public required long AuditCount { get; init; }

    /// <summary>The hash of its last entry as hex digits; empty without entries.</summary>
    public required string AuditHead { get; init; }
}

/// <summary>The state of a point in the mail of a day, the worst first.</summary>
internal enum WatchedState : byte
{
    /// <summary>A critical alarm that nobody has acknowledged.</summary>
    Critical,

    /// <summary>A warning that nobody has acknowledged.</summary>
    Warning,

    /// <summary>It reports water or an alarm.</summary>
    Alarm,

    /// <summary>A sensor delivers no value.</summary>
    SensorError,

    /// <summary>Silent, or never heard.</summary>
    Silent,

    /// <summary>Its value is late.</summary>
    Late,

    /// <summary>Nothing is expected: maintenance, or its measurements are dropped.</summary>
    Paused,

    /// <summary>On time.</summary>
    OnTime,
}
