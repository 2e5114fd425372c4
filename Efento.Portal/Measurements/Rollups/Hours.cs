namespace Efento.Portal.Measurements.Rollups;

/// <summary>Hours and days (UTC), counted from 1970; negative before it.</summary>
public static class Hours
{
    /// <summary>Milliseconds of an hour.</summary>
    public const long LengthMs = 3_600_000;

    /// <summary>Hours of a day.</summary>
    public const int PerDay = 24;

    /// <summary>Before every possible hour.</summary>
    public static readonly long First = Of(DateTimeOffset.MinValue.ToUnixTimeMilliseconds());

    /// <summary>The hour that contains a time (Unix ms).</summary>
    public static long Of(long ms) => Floor(ms, LengthMs);

    /// <summary>The first hour that begins at or after a time (Unix ms).</summary>
    public static long From(long ms) => -Floor(-ms, LengthMs);

    /// <summary>The start of an hour, Unix ms.</summary>
    public static long StartMs(long hour) => hour * LengthMs;

    /// <summary>The day that contains a time (Unix ms).</summary>
    public static long DayAt(long ms) => Floor(ms, LengthMs * PerDay);

    /// <summary>The day that contains an hour.</summary>
    public static long DayOf(long hour) => Floor(hour, PerDay);

    /// <summary>The first day that begins at or after an hour.</summary>
    public static long DayFrom(long hour) => -Floor(-hour, PerDay);

    /// <summary>
    /// The hours of a day in [<paramref name="from"/>, <paramref name="to"/>), as a bit set; bit 0 is the first hour of the day.
    /// </summary>
    public static int BitsOf(long day, long from, long to)
    {
        var first = (int)Math.Clamp(from - (day * PerDay), 0, PerDay);
        var end = (int)Math.Clamp(to - (day * PerDay), 0, PerDay);
        return end <= first ? 0 : ((1 << end) - 1) & ~((1 << first) - 1);
    }

    private static long Floor(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
