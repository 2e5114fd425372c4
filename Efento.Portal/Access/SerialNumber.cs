namespace Efento.Portal.Access;

/// <summary>
/// Serial numbers of loggers and gateways in the form in which they are compared and stored: the vendor's 12 hex digits in upper case, even
/// if they are written as a MAC address (<c>28:2C:02:4F:FF:B2</c>, <c>282c-024f-ffb2</c>). Any other text stays as it is.
/// </summary>
internal static class SerialNumber
{
    /// <summary>How many hex digits a vendor's serial has.</summary>
    public const int HexDigits = 12;

    /// <summary>The longest spelling, with a separator between each pair.</summary>
    private const int LongestWritten = 17;

    /// <summary>The serial in its stored form, without surrounding white space.</summary>
    public static string Fold(string serial)
    {
        Span<char> digits = stackalloc char[HexDigits];
        var text = serial.Trim();
        return TryFold(text, digits) ? new string(digits) : text;
    }

    /// <summary>Writes the 12 digits of a vendor's serial in upper case; false if the text is not one.</summary>
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

    /// <summary>Whether the character separates the digits of MAC addresses.</summary>
    private static bool IsMark(char c) => c is ':' or '-' or '.';
}
