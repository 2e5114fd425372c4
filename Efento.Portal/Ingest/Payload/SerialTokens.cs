using System.Buffers;

namespace Efento.Portal.Ingest.Payload;

/// <summary>Finds serials inside a text: 12 hex digits with no further letter or digit beside them.</summary>
internal static class SerialTokens
{
    private const int UnicodeEscape = 6;

    /// <summary>Copies a text (a JSON string with its escapes, or any other) with stand-ins for the serials in it.</summary>
    public static void Replace(ReadOnlySpan<byte> text, Pseudonyms pseudonyms, ArrayBufferWriter<byte> output)
    {
        var copied = 0;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is (byte)'\\')
            {
                // The letter of an escape is no part of what follows: \n282C024FFFB2.
                i += i + 1 < text.Length && text[i + 1] is (byte)'u' ? UnicodeEscape : 2;
                continue;
            }

            var end = EndOfWord(text, i);
            if (SerialReader.IsHexSerial(text[i..end]))
            {
                output.Write(text[copied..i]);
                pseudonyms.WriteText(text[i..end], output);
                copied = end;
            }

            i = Math.Max(end, i + 1);
        }

        output.Write(text[copied..]);
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
