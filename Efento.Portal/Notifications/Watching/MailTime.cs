using Efento.Portal.Notifications.Duty;

namespace Efento.Portal.Notifications.Watching;

/// <summary>
/// Which day's mail is due. Each day has one moment for it, on nights too on which clocks change, so that no day has two mails or none.
/// </summary>
internal static class MailTime
{
    /// <summary>The last day whose moment has come.</summary>
    /// <param name="zone">The zone of the clock.</param>
    /// <param name="minute">The minute of the day.</param>
    /// <param name="now">The time.</param>
    public static DateOnly LastDue(TimeZoneInfo zone, int minute, DateTimeOffset now)
    {
        var today = WallClock.DayOf(zone, now);
        return now < WallClock.MomentOf(zone, today, minute) ? today.AddDays(-1) : today;
    }

    /// <summary>The zone of a mail: its own, or else the site's.</summary>
    public static TimeZoneInfo ZoneOf(string? own, string? ofSite) =>
        (own ?? ofSite) is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
