
namespace Efento.Portal.Measurements;

/// <summary>How the values of a measurement type behave over time.</summary>
public enum MeasurementKind : byte
{
    /// <summary>A number that varies smoothly: temperature, humidity, pressure.</summary>
    Continuous,

    /// <summary>A state of two: 0 is closed, ok, dry, off; 1 is open, alarm, wet, on.</summary>
    Binary,

    /// <summary>A count of one measurement period.</summary>
    PeriodCounter,

    /// <summary>A total that only grows, 64 bits wide; carries no sensor error codes.</summary>
    RunningCounter,
}

/// <summary>
/// A measurement type: its wire name, unit, resolution and range.
/// Source: the table "Measurement types" in docs/gateway-api.md, after the vendor's documents.
/// </summary>
/// <param name="Name">
/// The name that is shown and returned by the API: the wire name of a known type; for an unknown type, the name as first received.
/// </param>
/// <param name="Key">The name folded for comparison: lower case, without <c>_</c> and <c>-</c>.</param>
/// <param name="Unit">The vendor's unit, empty if there is none.</param>
/// <param name="Resolution">The smallest step the vendor names, 0 if unknown.</param>
/// <param name="Minimum">Values below are stored and flagged.</param>
/// <param name="Maximum">Values above are stored and flagged.</param>
/// <param name="Kind">How the values behave.</param>
/// <param name="ZeroWord">The word shown for 0 of a binary type.</param>
/// <param name="OneWord">The word shown for 1 of a binary type.</param>
public sealed record MeasurementType(
    string Name,
    string Key,
    string Unit,
    double Resolution,
    double Minimum,
    double Maximum,
    MeasurementKind Kind,
    string ZeroWord = "",
    string OneWord = "")
{
    /// <summary>The lowest sensor error code (8,355,840); codes are not values. Source: the vendor's raw protocol.</summary>
    public const double FirstErrorCode = 8_355_840;

    /// <summary>The highest sensor error code (8,388,607).</summary>
    public const double LastErrorCode = 8_388_607;

    /// <summary>Whether the portal knows this type; unknown ones are stored and shown as they are.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether 1 of a binary type calls for help: water or an alarm, but not a door that is open.</summary>
    public bool IsAlarming { get; init; }

    /// <summary>
    /// Whether its value can be a word or a boolean: true for binary and unknown types. A temperature is never "open".
    /// </summary>
    public bool HasWords => Kind is MeasurementKind.Binary || !IsKnown;

    /// <summary>
    /// A difference of values, in the vendor's unit, that is no news: no scale is smaller, so that noise does not look like an excursion.
    /// At least ten steps of the resolution.
    /// </summary>
    public double SmallestSpan => Math.Max(10 * Resolution, Unit switch
    {
        "°C" => 1,
        "%" or "hPa" or "dB" => 5,
        "ppm" or "lx" => 50,
        _ => 0,
    });

    /// <summary>Whether <paramref name="value"/> is a sensor error code rather than a value.</summary>
    public bool IsErrorCode(double value) =>
        value is >= FirstErrorCode and <= LastErrorCode && Kind is not MeasurementKind.RunningCounter;

    /// <summary>Whether <paramref name="value"/> reports water or an alarm.</summary>
    public bool IsAlarm(double? value) => IsAlarming && value is >= 0.5 && IsInRange(value.Value);

    /// <summary>Whether <paramref name="value"/> lies within the vendor's range.</summary>
    public bool IsInRange(double value) => value >= Minimum && value <= Maximum;
}
