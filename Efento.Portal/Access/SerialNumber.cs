namespace Efento.Portal.Access;

/// <summary>
/// Serial numbers of loggers and gateways as they are compared and kept: the vendor's 12 hex digits in upper case, also where they are written
/// as a MAC address (<c>28:2C:02:4F:FF:B2</c>, <c>282c-024f-ffb2</c>); any other text as it is.
/// </summary>
public static class SerialNumber
{
    /// <summary>How many hex digits a vendor's serial has.</summary>
    public const int HexDigits = 12;

    /// <summary>The longest way to write them, with a mark between each pair.</summary>
    private const int LongestWritten = 17;

    /// <summary>The serial as it is kept, white space around it left out.</summary>
    public static string Fold(string serial)
    {
        Span<char> digits = stackalloc char[HexDigits];
        var text = serial.Trim();
        return TryFold(text, digits) ? new string(digits) : text;
    }

    /// <summary>Writes the 12 digits of a vendor's serial in upper case; false if the text is none.</summary>
    public static bool TryFold(ReadOnlySpan<char> text, Span<char> digits)
    {
        if (text.Length is < HexDigits or > LongestWritten || !char.IsAsciiHexDigit(text[^1]))
        {
            return false;
        }

        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiHexDigit(c) && count < HexDigits)
            {
                digits[count++] = char.ToUpperInvariant(c);
            }
            else if (!IsMark(c) || count == 0 || count % 2 != 0)
            {
                return false;
            }
        }

        return count == HexDigits;
    }

    /// <summary>Whether MAC addresses are written with it between digits.</summary>
    private static bool IsMark(char c) => c is ':' or '-' or '.';
}
