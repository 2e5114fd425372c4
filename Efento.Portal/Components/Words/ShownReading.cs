using System.Globalization;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>Formats readings in the user's units and language.</summary>
internal static class ShownReading
{
    /// <summary>The text for a missing value.</summary>
    public const string None = "–";

    private const int MostDecimals = 3;

    /// <summary>The number or word; a dash if there is no value, or an error code.</summary>
    public static string Value(MeasurementType type, double? measurement, Units units) => measurement switch
    {
        null => None,
        { } state when type.Kind is MeasurementKind.Binary && type.IsInRange(state) => MeasurementWords.State(type, state >= 0.5),
        { } number => Number(type, number, units),
    };

    /// <summary>
    /// The same for a spreadsheet: a number with all its digits, an ordinary minus sign and nothing between thousands. Empty if there is no
    /// value.
    /// </summary>
    public static string Cell(MeasurementType type, double? measurement, Units units, char decimalMark)
    {
        if (measurement is not { } number)
        {
            return "";
        }

        if (type.Kind is MeasurementKind.Binary && type.IsInRange(number))
        {
            return MeasurementWords.State(type, number >= 0.5);
        }

        var format = new NumberFormatInfo { NumberDecimalSeparator = decimalMark.ToString() };
        return UnitConversion.ShownUnit(type.Unit, units) == type.Unit
            ? number.ToString("0.############", format)
            : UnitConversion.ToShown(type.Unit, number, units).ToString(DigitsOf(type, number, units), format);
    }

    /// <summary>The unit of <see cref="Value"/>; empty if there is no value.</summary>
    public static string Unit(MeasurementType type, double? measurement, Units units) =>
        measurement is null ? "" : MeasurementWords.Unit(type, units);

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

    /// <summary>All remarks on a reading; empty if there are none.</summary>
    public static string Remarks(in Reading reading)
    {
        List<string> remarks = [];
        var remark = Remark(reading);
        if (remark is not null)
        {
            remarks.Add(
                (reading.Flags & ReadingFlags.ErrorCode) != 0
                    ? MeasurementText.WithCode(remark, reading.Value!.Value.ToString("0", CultureInfo.InvariantCulture))
                    : remark);
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

    // At least the decimals of the resolution. More exact values are shown with up to three decimals. A converted value has as many extra
    // decimals as the original had; further ones would come from the conversion only.
    private static string DigitsOf(MeasurementType type, double number, Units units)
    {
        var least = type.IsKnown ? MeasurementWords.Decimals(type, units) : 0;
        var most = UnitConversion.ShownUnit(type.Unit, units) == type.Unit
            ? MostDecimals
            : Math.Clamp(UnitConversion.ShownDecimals(type.Unit, DecimalsOf(number), units), least, MostDecimals);
        return $"0.{new string('0', least)}{new string('#', most - least)}";
    }

    private static string Number(MeasurementType type, double number, Units units)
    {
        var shown = UnitConversion.ToShown(type.Unit, number, units);
        var digits = DigitsOf(type, number, units);
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

    /// <summary>A real minus sign, and a thin space between thousands, which can't be misread.</summary>
    private static NumberFormatInfo Typography() =>
        new()
        {
            NegativeSign = "−",
            NumberGroupSeparator = "\u202F",
            NumberDecimalSeparator = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator
        };
}
