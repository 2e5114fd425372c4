using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// The words that loggers send for values and statuses, ignoring case, <c>_</c>, <c>-</c> and spaces. Source: docs/gateway-api.md,
/// "Measurement types" and "Measurements body".
/// </summary>
internal static class ValueWords
{
    // The length of "water_detected" with some room; longer words are unknown.
    private const int LongestWord = 24;

    /// <summary>
    /// The 0 or 1 of a word; null if it is unknown. Words are accepted for every type, because the vendor adds types without notice.
    /// </summary>
    public static double? Value(ReadOnlySpan<byte> text)
    {
        Span<char> word = stackalloc char[LongestWord];
        return Fold(text, word) switch
        {
            "open" or "alarm" or "on" or "true" or "waterdetected" or "detected" or "wet" => 1,
            "closed" or "close" or "ok" or "off" or "false" or "dry" or "notdetected" => 0,
            _ => null,
        };
    }

    /// <summary>The status of a word; an unknown one is <see cref="ReadingStatus.Unknown"/>.</summary>
    public static ReadingStatus Status(ReadOnlySpan<byte> text)
    {
        Span<char> word = stackalloc char[LongestWord];
        return Fold(text, word) switch
        {
            "valid" or "ok" => ReadingStatus.Valid,
            "error" => ReadingStatus.Error,
            "novalue" => ReadingStatus.NoValue,
            "incomplete" => ReadingStatus.Incomplete,
            "outofrange" => ReadingStatus.OutOfRange,
            "notcalibrated" => ReadingStatus.NotCalibrated,
            "notstabilized" => ReadingStatus.NotStabilized,
            _ => ReadingStatus.Unknown,
        };
    }

    /// <summary>True for "low", false for "ok", null for any other word.</summary>
    public static bool? BatteryLow(ReadOnlySpan<byte> text)
    {
        Span<char> word = stackalloc char[LongestWord];
        return Fold(text, word) switch
        {
            "low" => true,
            "ok" => false,
            _ => null,
        };
    }

    private static ReadOnlySpan<char> Fold(ReadOnlySpan<byte> text, Span<char> word)
    {
        var length = 0;
        foreach (var b in text)
        {
            if (b is (byte)'_' or (byte)'-' or (byte)' ')
            {
                continue;
            }

            if (length == word.Length || b > 0x7F)
            {
                return [];
            }

            word[length++] = char.ToLowerInvariant((char)b);
        }

        return word[..length];
    }
}
