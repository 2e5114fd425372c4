namespace Efento.Portal.Measurements.Rollups;

/// <summary>Hours and days (UTC) counted from 1970, also before it.</summary>
public static class Hours
{
    /// <summary>Hours of a day.</summary>
    public const int PerDay = 24;

    /// <summary>Before every hour there is.</summary>
    public static readonly long First = Of(DateTimeOffset.MinValue.ToUnixTimeMilliseconds());

    /// <summary>Every hour of a day, as a set of bits.</summary>
    public const int WholeDay = (1 << PerDay) - 1;

    /// <summary>The hour a time (Unix ms) lies in.</summary>
    public static long Of(long ms) => Floor(ms, SqliteReadingStore.HourMs);

    /// <summary>The first hour that begins at a time (Unix ms) or later.</summary>
    public static long From(long ms) => -Floor(-ms, SqliteReadingStore.HourMs);

    /// <summary>When an hour begins, Unix ms.</summary>
    public static long StartMs(long hour) => hour * SqliteReadingStore.HourMs;

    /// <summary>The day an hour lies in.</summary>
    public static long DayOf(long hour) => Floor(hour, PerDay);

    /// <summary>The first day that begins with an hour or later.</summary>
    public static long DayFrom(long hour) => -Floor(-hour, PerDay);

    /// <summary>The hours of a day in [<paramref name="from"/>, <paramref name="to"/>), as a set of bits; bit 0 is its first.</summary>
    public static int BitsOf(long day, long from, long to)
    {
        var first = (int)Math.Clamp(from - (day * PerDay), 0, PerDay);
        var end = (int)Math.Clamp(to - (day * PerDay), 0, PerDay);
        return end <= first ? 0 : ((1 << end) - 1) & ~((1 << first) - 1);
    }

    private static long Floor(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
