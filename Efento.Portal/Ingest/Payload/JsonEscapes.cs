using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Unescapes a JSON string. The framework's own method throws on a lone surrogate, and a malicious body can contain millions of them.
/// </summary>
internal static class JsonEscapes
{
    private const int UnicodeEscape = 6;

    /// <summary>Copies <paramref name="escaped"/> without its escapes, whole characters only.</summary>
    /// <param name="escaped">The text between the quotes, as a JSON reader found it.</param>
    /// <param name="text">Receives the UTF-8 text.</param>
    /// <param name="written">The number of bytes written, even if the result is not Done.</param>
    /// <returns>Done, DestinationTooSmall, or InvalidData at a lone surrogate.</returns>
    public static OperationStatus Remove(ReadOnlySpan<byte> escaped, Span<byte> text, out int written)
    {
        written = 0;
        while (true)
        {
            var plain = escaped.IndexOf((byte)'\\');
            var run = plain < 0 ? escaped : escaped[..plain];
            if (!run.TryCopyTo(text[written..]))
            {
                return OperationStatus.DestinationTooSmall;
            }

            written += run.Length;
            if (plain < 0)
            {
                return OperationStatus.Done;
            }

            escaped = escaped[plain..];
            if (!TryRune(escaped, out var rune, out var used))
            {
                return OperationStatus.InvalidData;
            }

            if (!rune.TryEncodeToUtf8(text[written..], out var bytes))
            {
                return OperationStatus.DestinationTooSmall;
            }

            written += bytes;
            escaped = escaped[used..];
        }
    }

    private static bool TryRune(ReadOnlySpan<byte> escape, out Rune rune, out int used)
    {
        used = 2;
        if (escape.Length < 2)
        {
            rune = default;
            return false;
        }

        if (escape[1] is (byte)'u')
        {
            return TryUnicode(escape, out rune, out used);
        }

        rune = new Rune((char)(escape[1] switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            var itself => itself,
        }));
        return true;
    }

    private static bool TryUnicode(ReadOnlySpan<byte> escape, out Rune rune, out int used)
    {
        used = UnicodeEscape;
        if (!TryUnit(escape, out var first))
        {
            rune = default;
            return false;
        }

        if (Rune.TryCreate(first, out rune))
        {
            return true;
        }

        used += UnicodeEscape;
        return TryUnit(escape[UnicodeEscape..], out var second) && Rune.TryCreate(first, second, out rune);
    }

    private static bool TryUnit(ReadOnlySpan<byte> escape, out char unit)
    {
        unit = default;
        if (escape.Length < UnicodeEscape || escape[0] is not (byte)'\\' || escape[1] is not (byte)'u'
            || !Utf8Parser.TryParse(escape[2..UnicodeEscape], out ushort code, out var digits, 'x') || digits != 4)
        {
            return false;
        }

        unit = (char)code;
        return true;
    }
}
