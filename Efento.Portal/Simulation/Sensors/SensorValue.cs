namespace Efento.Portal.Simulation.Sensors;

/// <summary>What a sensor delivers for one channel: a number or a word, and the logger's status.</summary>
/// <param name="Number">The number, in the unit of the channel's type; null for a word, or if nothing was measured.</param>
/// <param name="Word">The word of a binary type, such as "open"; null for a number.</param>
/// <param name="Status">The vendor's word: VALID, ERROR, NO_VALUE, …</param>
public readonly record struct SensorValue(double? Number, string? Word, string Status)
{
    /// <summary>A valid number.</summary>
    public static SensorValue Of(double number) => new(number, null, "VALID");

    /// <summary>A valid word.</summary>
    public static SensorValue Of(string word) => new(null, word, "VALID");

    /// <summary>A sensor that failed: no value.</summary>
    public static SensorValue Failed { get; } = new(null, null, "ERROR");

    /// <summary>A sensor that fails with an error code instead of a value (docs/gateway-api.md, "Measurement types").</summary>
    public static SensorValue ErrorCode(int code) => new(code, null, "ERROR");
}
