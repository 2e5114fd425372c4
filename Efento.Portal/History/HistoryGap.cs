using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>Why values are missing, as far as the portal can tell.</summary>
public enum GapCause : byte
{
    /// <summary>No readings of that time were received, and the cause is not known.</summary>
    Missing,

    /// <summary>A sensor error: the logger measured but delivered no value, or an error code.</summary>
    NoValue,

    /// <summary>Maintenance: gateways were asked to keep their readings.</summary>
    Maintenance,

    /// <summary>Nothing came from the gateway that hears the logger.</summary>
    GatewayOffline,

    /// <summary>A user had set the logger to N: gateways were told to drop its readings.</summary>
    NotSynchronised,

    /// <summary>
    /// Its gateway brought readings of other loggers, but none of this one. (The term "out of range" is used for values only.)
    /// </summary>
    NotHeard,
}

/// <summary>A time without values.</summary>
/// <param name="FromMs">The time of the last value before it, Unix ms; the begin of the range if that value lies before the range.</param>
/// <param name="ToMs">The time of the first value after it, Unix ms; the end of the range if there is none.</param>
/// <param name="Cause">The cause.</param>
public readonly record struct HistoryGap(long FromMs, long ToMs, GapCause Cause);
