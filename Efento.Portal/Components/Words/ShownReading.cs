using System.Globalization;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>A reading as people read it.</summary>
public static class ShownReading
{
    /// <summary>Stands where there is no value.</summary>
    public const string None = "–";

    /// <summary>The number or word; a dash where the logger delivered none or an error code.</summary>
    public static string Value(MeasurementType type, double? measurement) => measurement switch
    {
        null => None,
        { } state when type.Kind is MeasurementKind.Binary && type.IsInRange(state) =>
            MeasurementWords.Capitalised(state < 0.5 ? type.ZeroWord : type.OneWord),
        { } number => Number(number, MeasurementWords.Decimals(type), type.IsKnown),
    };

    /// <summary>The unit that stands behind <see cref="Value"/>; empty where there is no value.</summary>
    public static string Unit(MeasurementType type, double? measurement) => measurement is null ? "" : type.Unit;

    /// <summary>What is wrong with a value, in a word or two; null if nothing is.</summary>
    public static string? Remark(in Reading reading) => reading switch
    {
        { Flags: var flags } when (flags & ReadingFlags.ErrorCode) != 0 => "sensor error",
        { Status: ReadingStatus.Error } => "sensor error",
        { Status: ReadingStatus.NotStabilized } => "not stabilised",
        { Status: ReadingStatus.Incomplete } => "incomplete",
        { Status: ReadingStatus.NotCalibrated } => "not calibrated",
        { Status: ReadingStatus.Unknown } => "unknown status",
        { Status: ReadingStatus.NoValue } or { Value: null } => "no value",
        { Status: ReadingStatus.OutOfRange } => "out of range",
        { Flags: var flags } when (flags & ReadingFlags.OutOfRange) != 0 => "out of range",
        _ => null,
    };

    /// <summary>Everything there is to say about a reading beside its value; empty if nothing is.</summary>
    public static string Remarks(in Reading reading)
    {
        List<string> remarks = [];
        if (Remark(reading) is { } remark)
        {
            remarks.Add((reading.Flags & ReadingFlags.ErrorCode) != 0 ? $"{remark}, code {reading.Value!.Value.ToString("0", CultureInfo.InvariantCulture)}" : remark);
        }

        if ((reading.Flags & ReadingFlags.OutOfRange) != 0 && remarks is not ["out of range"])
        {
            remarks.Add("out of range");
        }

        if ((reading.Flags & ReadingFlags.ClockAhead) != 0)
        {
            remarks.Add("logger's clock ahead");
        }

        return string.Join(" · ", remarks);
    }

    // At least the digits of the resolution; what a logger says more exactly is shown, to the thousandth.
    private static string Number(double number, int decimals, bool isKnown)
    {
        var least = isKnown ? new string('0', decimals) : "";
        var format = $"#,##0.{least}{new string('#', 3 - least.Length)}";
        return number.ToString(Math.Abs(number) < 10_000 ? format.Replace(",", "", StringComparison.Ordinal) : format, Typography);
    }

    /// <summary>A real minus, and thousands set apart by a thin space: neither can be read as anything else.</summary>
    private static readonly NumberFormatInfo Typography = new() { NegativeSign = "−", NumberGroupSeparator = "\u202F" };
}
