using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Efento.Portal.Measurements;

/// <summary>The position of a reading as an opaque text, with which callers ask for the next page.</summary>
internal static class ReadingCursor
{
    /// <summary>The text of a position.</summary>
    public static string Format(ReadingPosition place) =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place.MeasuredAtMs}.{place.Channel}.{place.TypeKey}")));

    /// <summary>The position of a text; null if the text is not valid.</summary>
    public static ReadingPosition? Parse(string text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('.', 3);
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var measuredAtMs)
            && byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var channel)
            ? new ReadingPosition(measuredAtMs, channel, parts[2])
            : null;
    }
}
