namespace Efento.Portal.Measurements;

/// <summary>Statuses and flags in the words the read API uses.</summary>
internal static class ReadingWords
{
    /// <summary>The status in the vendor's word.</summary>
    public static string Of(ReadingStatus status) => status switch
    {
        ReadingStatus.Valid => "VALID",
        ReadingStatus.Error => "ERROR",
        ReadingStatus.NoValue => "NO_VALUE",
        ReadingStatus.Incomplete => "INCOMPLETE",
        ReadingStatus.OutOfRange => "OUT_OF_RANGE",
        ReadingStatus.NotCalibrated => "NOT_CALIBRATED",
        ReadingStatus.NotStabilized => "NOT_STABILIZED",
        _ => "UNKNOWN",
    };

    /// <summary>The portal's remarks: outOfRange, errorCode, clockAhead, conflict.</summary>
    public static IReadOnlyList<string> Of(ReadingFlags flags)
    {
        if (flags is ReadingFlags.None)
        {
            return [];
        }

        List<string> words = [];
        Add(ReadingFlags.OutOfRange, "outOfRange");
        Add(ReadingFlags.ErrorCode, "errorCode");
        Add(ReadingFlags.ClockAhead, "clockAhead");
        Add(ReadingFlags.Contradicted, "conflict");
        return words;

        void Add(ReadingFlags flag, string word)
        {
            if ((flags & flag) != 0)
            {
                words.Add(word);
            }
        }
    }
}
