using System.Buffers;
using System.Text;
using System.Text.Json;
using Efento.Portal.Access;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads serial numbers of loggers and gateways: 12 hex digits, normalised (<see cref="SerialNumber"/>), or any other 1 to 64 printable
/// characters, unchanged.
/// </summary>
internal static class SerialReader
{
    /// <summary>The maximum length of a serial, in characters.</summary>
    public const int MaxLength = 64;

    private const int MaxBytes = MaxLength * 3;

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    /// <summary>Reads the serial; null if it is not one. A number without sign, point and exponent counts as its digits.</summary>
    public static string? Read(JsonScalar value) => value.Kind switch
    {
        JsonTokenType.String => FromText(value.Trimmed),
        JsonTokenType.Number when !value.Text.ContainsAnyExceptInRange((byte)'0', (byte)'9') => FromText(value.Text),
        _ => null,
    };

    /// <summary>Whether this is a serial of the vendor, in either case.</summary>
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
