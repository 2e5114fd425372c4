using System.Globalization;

namespace Efento.Portal.Backup;

/// <summary>Which backups are kept: the newest of each of the last days, weeks and months that have one.</summary>
internal static class BackupRetention
{
    /// <summary>Those that are kept.</summary>
    /// <param name="madeUtc">When each was made.</param>
    /// <param name="keep">How many days, weeks and months.</param>
    /// <param name="zone">The site's time zone, in which days begin.</param>
    public static IReadOnlySet<DateTimeOffset> Kept(IEnumerable<DateTimeOffset> madeUtc, BackupsKept keep, TimeZoneInfo zone)
    {
        var all = madeUtc.OrderDescending().Select(utc => (Utc: utc, Local: TimeZoneInfo.ConvertTime(utc, zone).DateTime)).ToList();
        HashSet<DateTimeOffset> kept =
        [
            .. all.DistinctBy(b => b.Local.Date).Take(keep.Daily).Select(b => b.Utc),
            .. all.DistinctBy(b => (ISOWeek.GetYear(b.Local), ISOWeek.GetWeekOfYear(b.Local))).Take(keep.Weekly).Select(b => b.Utc),
            .. all.DistinctBy(b => (b.Local.Year, b.Local.Month)).Take(keep.Monthly).Select(b => b.Utc),
        ];
        return kept;
    }
}

/// <summary>How many days, weeks and months keep their newest backup.</summary>
internal readonly record struct BackupsKept(int Daily, int Weekly, int Monthly);
