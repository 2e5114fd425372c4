using System.Globalization;
using System.Text;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>
/// Raw bytes as text that is safe to display. Invalid UTF-8 is replaced. Characters that are invisible or change the direction of text are
/// shown by name.
/// </summary>
/// <param name="Text">The text; line breaks and tabs are kept.</param>
/// <param name="ShownBytes">The number of bytes that the text shows.</param>
/// <param name="Bytes">The number of bytes in total.</param>
internal sealed record RawText(string Text, int ShownBytes, long Bytes)
{
    /// <summary>Only this much is shown; the rest can be downloaded.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Whether the end is cut off.</summary>
    public bool IsCut => Bytes > ShownBytes;

    /// <summary>Reads the text from the start of a stream, and counts the remaining bytes.</summary>
    public static RawText Read(Stream raw)
    {
        var shown = new byte[MostBytes];
        var length = raw.ReadAtLeast(shown, shown.Length, throwOnEndOfStream: false);
        long bytes = length;
        var rest = new byte[MostBytes];
        while (raw.Read(rest) is > 0 and var more)
        {
            bytes += more;
        }

        return new RawText(Show(shown.AsSpan(0, length)), length, bytes);
    }

    /// <summary>Converts bytes to text that is safe to display.</summary>
    public static string Show(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder(utf8.Length);
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var used);
            utf8 = utf8[used..];
            _ = rune.Value is '\n' or '\t' || PrintableText.IsPrintable(rune)
                ? text.Append(rune)
                : text.Append(CultureInfo.InvariantCulture, $"‹U+{rune.Value:X4}›");
        }

        return text.ToString();
    }
}
