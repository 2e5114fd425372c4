using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Efento.Portal.Ingest.Payload;

/// <summary>Names that become part of a key (serials, types): readable, and no two that look the same for an invisible character.</summary>
internal static class PrintableText
{
    /// <summary>Decodes a name; false if it is empty, too long, invalid UTF-8 or has characters that can't be seen.</summary>
    /// <param name="utf8">The name, without white space around it.</param>
    /// <param name="text">Takes the characters; its length is the longest accepted name.</param>
    /// <param name="length">How many characters it has.</param>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, Span<char> text, out int length) =>
        Utf8.ToUtf16(utf8, text, out _, out length, replaceInvalidSequences: false) is OperationStatus.Done
        && length > 0
        && IsPrintable(text[..length]);

    /// <summary>The first characters of a text that is only shown, without those that can't be seen; null if none is left.</summary>
    public static string? Shorten(ReadOnlySpan<byte> utf8, int maxLength)
    {
        var text = new StringBuilder(maxLength);
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var used);
            utf8 = utf8[used..];
            if (!IsPrintable(rune))
            {
                continue;
            }

            if (text.Length + rune.Utf16SequenceLength > maxLength)
            {
                break;
            }

            text.Append(rune);
        }

        return text.Length > 0 ? text.ToString() : null;
    }

    /// <summary>Whether a character can be seen; of the spaces the plain one alone.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value is ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);

    private static bool IsPrintable(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPrintable(rune))
            {
                return false;
            }
        }

        return true;
    }
}
