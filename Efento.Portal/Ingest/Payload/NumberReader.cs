using System.Globalization;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads numbers, also those in strings, with a decimal point but never a comma. Only finite numbers are accepted; −0 is 0.
/// </summary>
internal static class NumberReader
{
    // Integers up to here and powers of ten up to 10^15 are exact doubles, so one division gives the correctly rounded number.
    private const int ExactDigits = 15;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>
    /// Reads a number, or a string that contains one; false for anything else, including NaN, infinity and numbers too large for a double.
    /// </summary>
    public static bool TryRead(JsonScalar value, out double number)
    {
        number = 0;
        return value.Kind is JsonTokenType.Number or JsonTokenType.String && TryParse(value.Text, out number);
    }

    /// <summary>Reads an integer between the bounds, rounding decimals; null if there is none.</summary>
    public static long? ReadWhole(JsonScalar value, long minimum, long maximum) =>
        TryRead(value, out var number) && Math.Round(number) is var whole && whole >= minimum && whole <= maximum ? (long)whole : null;

    /// <summary>Parses the text of a number, which may have white space around it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        if (TryParseShort(text, out number))
        {
            return true;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || !double.IsFinite(number))
        {
            return false;
        }

        number = number == 0 ? 0 : number;
        return true;
    }

    private static bool TryParseShort(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var negative = text.Length > 0 && text[0] is (byte)'-';
        var first = negative ? 1 : 0;
        if (text.Length - first is < 1 or > ExactDigits + 1)
        {
            return false;
        }

        long digits = 0;
        var count = 0;
        var point = -1;
        for (var i = first; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                count++;
            }
            else if (text[i] is (byte)'.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        if (count is 0 or > ExactDigits)
        {
            return false;
        }

        var decimals = point < 0 ? 0 : text.Length - 1 - point;
        number = (negative ? -digits : digits) / PowersOfTen[decimals];
        return true;
    }
}
