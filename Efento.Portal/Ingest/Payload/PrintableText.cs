using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads names that become part of a key (serials, types). They must be readable, and no two names may differ in invisible characters only.
/// </summary>
internal static class PrintableText
{
    /// <summary>Decodes a name; false if it is empty, too long, invalid UTF-8, or contains invisible characters.</summary>
    /// <param name="utf8">The name, without white space around it.</param>
    /// <param name="text">Receives the characters; its length is the maximum length of a name.</param>
    /// <param name="length">The number of characters.</param>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, Span<char> text, out int length) =>
        Utf8.ToUtf16(utf8, text, out _, out length, replaceInvalidSequences: false) is OperationStatus.Done
        && length > 0
        && IsPrintable(text[..length]);

    /// <summary>Returns the first characters of a text that is for display only, without invisible ones; null if none is left.</summary>
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

    /// <summary>Whether a character is visible. The plain space is the only space allowed.</summary>
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
