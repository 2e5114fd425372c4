using System.Buffers;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Finds serials inside a text: 12 hex digits, or six pairs as in a MAC address, without another letter or digit beside them.
/// </summary>
internal static class SerialTokens
{
    private const int UnicodeEscape = 6;
    private const int PairsWritten = 17;

    /// <summary>Copies a text (a JSON string with its escapes, or any other text) with pseudonyms for the serials in it.</summary>
    public static void Replace(ReadOnlySpan<byte> text, Pseudonyms pseudonyms, ArrayBufferWriter<byte> output)
    {
        var copied = 0;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is (byte)'\\')
            {
                // The letter of an escape is not part of what follows: \n282C024FFFB2.
                i += i + 1 < text.Length && text[i + 1] is (byte)'u' ? UnicodeEscape : 2;
                continue;
            }

            var pairs = EndOfPairs(text, i);
            var end = pairs ?? EndOfWord(text, i);
            if (pairs is not null || SerialReader.IsHexSerial(text[i..end]))
            {
                output.Write(text[copied..i]);
                pseudonyms.WriteText(text[i..end], output);
                copied = end;
            }

            i = Math.Max(end, i + 1);
        }

        output.Write(text[copied..]);
    }

    /// <summary>The end of six pairs of hex digits with the same separator between them; null if there are none.</summary>
    private static int? EndOfPairs(ReadOnlySpan<byte> text, int start)
    {
        var end = start + PairsWritten;
        if (
            end > text.Length
                || (end < text.Length && char.IsAsciiLetterOrDigit((char)text[end]))
                || text[start + 2] is not ((byte)':' or (byte)'-'))
        {
            return null;
        }

        for (var i = 0; i < PairsWritten; i++)
        {
            var c = text[start + i];
            if (i % 3 == 2 ? c != text[start + 2] : !char.IsAsciiHexDigit((char)c))
            {
                return null;
            }
        }

        return end;
    }

    private static int EndOfWord(ReadOnlySpan<byte> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiLetterOrDigit((char)text[end]))
        {
            end++;
        }

        return end;
    }
}
