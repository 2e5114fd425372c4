using System.Buffers;
using System.Text;
using System.Text.Json;
using Efento.Portal.Access;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads serial numbers of loggers and gateways: 12 hex digits, folded (<see cref="SerialNumber"/>); anything else of 1 to 64 printable
/// characters as it is.
/// </summary>
internal static class SerialReader
{
    /// <summary>The longest serial, in characters.</summary>
    public const int MaxLength = 64;

    private const int MaxBytes = MaxLength * 3;

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    /// <summary>The serial, or null if this is none. A number counts as its digits; a sign, a point or an exponent makes it no serial.</summary>
    public static string? Read(JsonScalar value) => value.Kind switch
    {
        JsonTokenType.String => FromText(value.Trimmed),
        JsonTokenType.Number when !value.Text.ContainsAnyExceptInRange((byte)'0', (byte)'9') => FromText(value.Text),
        _ => null,
    };

    /// <summary>Whether this is a vendor's serial, in either case.</summary>
    public static bool IsHexSerial(ReadOnlySpan<byte> text) => text.Length == SerialNumber.HexDigits && !text.ContainsAnyExcept(Hex);

    private static string? FromText(ReadOnlySpan<byte> text)
    {
        if (IsHexSerial(text))
        {
            Span<char> upper = stackalloc char[SerialNumber.HexDigits];
            Ascii.ToUpper(text, upper, out _);
            return new string(upper);
        }

        return text.Length <= MaxBytes ? FromOtherText(text) : null;
    }

    private static string? FromOtherText(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[MaxLength];
        return PrintableText.TryDecode(text, characters, out var length) ? SerialNumber.Fold(new string(characters[..length])) : null;
    }
}
