namespace Efento.Portal.Measurements;

/// <summary>Why values are missing, as far as the portal can tell.</summary>
public enum GapCause : byte
{
    /// <summary>Nothing was received that was measured then, and nothing tells why.</summary>
    Missing,

    /// <summary>A sensor error: the logger measured but delivered no value, or an error code.</summary>
    NoValue,

    /// <summary>Maintenance: gateways were asked to keep what they had.</summary>
    Maintenance,

    /// <summary>The gateway that hears the logger was not heard itself.</summary>
    GatewayOffline,

    /// <summary>Somebody had set the logger to N: gateways were told to drop what it measured.</summary>
    NotSynchronised,

    /// <summary>Its gateway brought readings of other loggers, but none of this one. "Out of range" is said of values alone.</summary>
    NotHeard,
}

/// <summary>A time without values.</summary>
/// <param name="FromMs">The last value before it, Unix ms; the begin of the range where that lies before it.</param>
/// <param name="ToMs">The first value after it, Unix ms; the end of the range where there is none in it.</param>
/// <param name="Cause">Why.</param>
public readonly record struct HistoryGap(long FromMs, long ToMs, GapCause Cause);
