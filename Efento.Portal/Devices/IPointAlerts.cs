using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>What the rules of alarms make of measuring points now. It answers from memory. Thread-safe.</summary>
internal interface IPointAlerts
{
    /// <summary>Counts all changes. To be asked before what it counts.</summary>
    long Version { get; }

    /// <summary>Counts the changes of limits.</summary>
    long LimitsVersion { get; }

    /// <summary>Whether limits are set anywhere on the site.</summary>
    bool AreLimitsSet { get; }

    /// <summary>What goes on at a measuring point.</summary>
    PointAlert Of(int pointId);

    /// <summary>The keys of the critical alarms that go on there, of those that nobody has acknowledged.</summary>
    IReadOnlyList<int> CriticalOf(int pointId);

    /// <summary>The limits of a channel; null if there are none.</summary>
    ValueLimits? LimitsOf(int pointId, byte channel, MeasurementType type);
}

/// <summary>The alarms that go on at a measuring point, but for those that a cause elsewhere explains.</summary>
/// <param name="Level">The worst of those that nobody has acknowledged.</param>
/// <param name="IsAcknowledged">Whether there are others, which somebody has acknowledged.</param>
public readonly record struct PointAlert(AlertLevel Level, bool IsAcknowledged);

/// <summary>The level of alarms; the worst comes last.</summary>
public enum AlertLevel : byte
{
    /// <summary>There is no alarm.</summary>
    None,

    /// <summary>Somebody should look at it.</summary>
    Warning,

    /// <summary>The goods or their records are at risk.</summary>
    Critical,
}

/// <summary>
/// The limits of a channel, in the type's unit. Values beyond them are outside; null stands for none. For a channel with two states,
/// <paramref name="State"/> is the one that must not last, 0 or 1.
/// </summary>
/// <param name="CriticalLow">The lower limit of the critical level.</param>
/// <param name="WarningLow">The lower limit of the warning.</param>
/// <param name="WarningHigh">The upper limit of the warning.</param>
/// <param name="CriticalHigh">The upper limit of the critical level.</param>
/// <param name="State">The state that must not last; null for a channel with numbers.</param>
public sealed record ValueLimits(
    double? CriticalLow, double? WarningLow, double? WarningHigh, double? CriticalHigh, int? State = null)
{
    /// <summary>The limits that are set for numbers.</summary>
    public IEnumerable<double> Numbers => new[] { CriticalLow, WarningLow, WarningHigh, CriticalHigh }.OfType<double>();

    /// <summary>Whether a value is outside.</summary>
    public bool Excludes(double value) =>
        value < CriticalLow || value < WarningLow || value > WarningHigh || value > CriticalHigh
        || (State is { } state && value >= 0.5 == (state != 0));
}
