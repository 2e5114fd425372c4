using Efento.Portal.Maintenance;

namespace Efento.Portal.Backup;

/// <summary>When backups are made: once a day, at a time of the site's zone, whatever clocks do in that night.</summary>
internal static class BackupSchedule
{
    /// <summary>After a backup failed, it is tried again after this time.</summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// The last time at or before now at which one was to be made. A time that clocks skip is when they are put forward; of one that comes
    /// twice it is the first.
    /// </summary>
    public static DateTimeOffset LastBefore(DateTimeOffset now, TimeSpan timeOfDay, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var today = On(day, timeOfDay, zone);
        return today <= now ? today : On(day.AddDays(-1), timeOfDay, zone);
    }

    /// <summary>The first time after now at which one is to be made.</summary>
    public static DateTimeOffset NextAfter(DateTimeOffset now, TimeSpan timeOfDay, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var today = On(day, timeOfDay, zone);
        return today > now ? today : On(day.AddDays(1), timeOfDay, zone);
    }

    /// <summary>Whether one is to be made now.</summary>
    /// <param name="slotUtc">The last time at which one was to be made.</param>
    /// <param name="goodUtc">When the last one was begun that succeeded; null if there is none.</param>
    /// <param name="triedUtc">When the last one was begun; null if there is none.</param>
    /// <param name="now">The present.</param>
    public static bool IsDue(DateTimeOffset slotUtc, DateTimeOffset? goodUtc, DateTimeOffset? triedUtc, DateTimeOffset now) =>
        !(goodUtc >= slotUtc) && !(triedUtc >= slotUtc && now - triedUtc < AgainAfter);

    private static DateTimeOffset On(DateOnly day, TimeSpan timeOfDay, TimeZoneInfo zone)
    {
        var wall = WallTime.In(zone, day.ToDateTime(TimeOnly.FromTimeSpan(timeOfDay)));
        return (wall.Instead is { } instead ? PutForward(instead, zone) : wall.Moments[0]).ToUniversalTime();
    }

    /// <summary>The moment at which clocks are put forward past a time, which is less than a day before what they show instead.</summary>
    private static DateTimeOffset PutForward(DateTimeOffset instead, TimeZoneInfo zone)
    {
        // The offset changes at a whole minute within the hours before.
        var moment = instead.ToUniversalTime();
        var offset = zone.GetUtcOffset(moment);
        while (zone.GetUtcOffset(moment.AddMinutes(-1)) == offset)
        {
            moment = moment.AddMinutes(-1);
        }

        return moment;
    }
}
