using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Data.Sqlite;

/// <summary>
/// Quarters of an hour, counted from 1970 (negative before it). They are the first column of the key of readings
/// (docs/decisions/0012-quarters-of-an-hour.md).
/// </summary>
internal static class Quarters
{
    /// <summary>Quarters of an hour.</summary>
    public const int PerHour = 4;

    /// <summary>Quarters of a day.</summary>
    public const int PerDay = PerHour * Hours.PerDay;

    private const long LengthMs = Hours.LengthMs / PerHour;

    /// <summary>The quarter a time (Unix ms) lies in.</summary>
    public static long Of(long ms) => (long)Math.Floor(ms / (double)LengthMs);

    /// <summary>When a quarter begins, Unix ms.</summary>
    public static long StartMs(long quarter) => quarter * LengthMs;

    /// <summary>The day (UTC) a quarter lies in.</summary>
    public static long DayOf(long quarter) => (long)Math.Floor(quarter / (double)PerDay);
}
