using System.Text;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>
/// Raw bytes as text that is safe to look at: invalid UTF-8 is replaced, and what can't be seen, or would turn the text around, is shown by name.
/// </summary>
/// <param name="Text">The text; line breaks and tabs are kept.</param>
/// <param name="ShownBytes">How many of the bytes it shows.</param>
/// <param name="Bytes">How many there are.</param>
public sealed record RawText(string Text, int ShownBytes, long Bytes)
{
    /// <summary>More is left to the download.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Whether the end is missing.</summary>
    public bool IsCut => Bytes > ShownBytes;

    /// <summary>The text of a stream's first bytes; the rest is counted.</summary>
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

    /// <summary>Bytes as text that is safe to look at.</summary>
    public static string Show(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder(utf8.Length);
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var used);
            utf8 = utf8[used..];
            _ = rune.Value is '\n' or '\t' || PrintableText.IsPrintable(rune) ? text.Append(rune) : text.Append($"‹U+{rune.Value:X4}›");
        }

        return text.ToString();
    }
}
