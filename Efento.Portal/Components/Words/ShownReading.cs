using System.Globalization;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>A reading as people read it, in their units and language.</summary>
public static class ShownReading
{
    /// <summary>Stands where there is no value.</summary>
    public const string None = "–";

    private const int MostDecimals = 3;

    /// <summary>The number or word; a dash where the logger delivered none or an error code.</summary>
    public static string Value(MeasurementType type, double? measurement, Units units) => measurement switch
    {
        null => None,
        { } state when type.Kind is MeasurementKind.Binary && type.IsInRange(state) => MeasurementWords.State(type, state >= 0.5),
        { } number => Number(type, number, units),
    };

    /// <summary>The unit that stands behind <see cref="Value"/>; empty where there is no value.</summary>
    public static string Unit(MeasurementType type, double? measurement, Units units) => measurement is null ? "" : MeasurementWords.Unit(type, units);

    /// <summary>What is wrong with a value, in a word or two; null if nothing is.</summary>
    public static string? Remark(in Reading reading) => reading switch
    {
        { Measurement: null } => MeasurementText.SensorError,
        { Status: ReadingStatus.NotStabilized } => MeasurementText.NotStabilised,
        { Status: ReadingStatus.Incomplete } => MeasurementText.Incomplete,
        { Status: ReadingStatus.NotCalibrated } => MeasurementText.NotCalibrated,
        { Status: ReadingStatus.Unknown } => MeasurementText.UnknownStatus,
        { Status: ReadingStatus.OutOfRange } => MeasurementText.OutOfRange,
        { Flags: var flags } when (flags & ReadingFlags.OutOfRange) != 0 => MeasurementText.OutOfRange,
        _ => null,
    };

    /// <summary>Everything there is to say about a reading beside its value; empty if nothing is.</summary>
    public static string Remarks(in Reading reading)
    {
        List<string> remarks = [];
        var remark = Remark(reading);
        if (remark is not null)
        {
            remarks.Add((reading.Flags & ReadingFlags.ErrorCode) != 0 ? MeasurementText.WithCode(remark, reading.Value!.Value.ToString("0", CultureInfo.InvariantCulture)) : remark);
        }

        if ((reading.Flags & ReadingFlags.OutOfRange) != 0 && remark != MeasurementText.OutOfRange)
        {
            remarks.Add(MeasurementText.OutOfRange);
        }

        if ((reading.Flags & ReadingFlags.ClockAhead) != 0)
        {
            remarks.Add(MeasurementText.ClockAhead);
        }

        if ((reading.Flags & ReadingFlags.Contradicted) != 0)
        {
            remarks.Add(MeasurementText.Contradicted);
        }

        return string.Join(" · ", remarks);
    }

    // At least the digits of the resolution; what a logger says more exactly is shown, to the thousandth. A converted value has as many more
    // digits as the logger's own had: behind those are only those of the conversion.
    private static string Number(MeasurementType type, double number, Units units)
    {
        var least = type.IsKnown ? MeasurementWords.Decimals(type, units) : 0;
        var most = UnitConversion.ShownUnit(type.Unit, units) == type.Unit
            ? MostDecimals
            : Math.Clamp(UnitConversion.ShownDecimals(type.Unit, DecimalsOf(number), units), least, MostDecimals);
        var shown = UnitConversion.ToShown(type.Unit, number, units);
        var digits = $"0.{new string('0', least)}{new string('#', most - least)}";
        return shown.ToString(Math.Abs(shown) < 10_000 ? digits : $"#,##{digits}", Typography());
    }

    private static int DecimalsOf(double number)
    {
        var decimals = 0;
        while (decimals < MostDecimals && Math.Round(number, decimals) != Math.Round(number, MostDecimals))
        {
            decimals++;
        }

        return decimals;
    }

    /// <summary>A real minus, and thousands set apart by a thin space: neither can be read as anything else.</summary>
    private static NumberFormatInfo Typography() =>
        new() { NegativeSign = "−", NumberGroupSeparator = "\u202F", NumberDecimalSeparator = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator };
}
