using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Duty;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>Of which alarm, raised when, the preview tells.</summary>
/// <param name="PointId">The measuring point; null for gateways and the portal.</param>
/// <param name="Level">The level.</param>
/// <param name="Day">The day of the week.</param>
/// <param name="Time">The time of the day, 02:00.</param>
public sealed record PreviewQuestion(int? PointId, AlarmLevel Level, DayOfWeek Day, string Time)
{
    /// <summary>What the preview begins with: the night on which most people sleep.</summary>
    public static PreviewQuestion First { get; } = new(null, AlarmLevel.Critical, DayOfWeek.Sunday, "02:00");

    /// <summary>The next such time.</summary>
    internal DateTimeOffset NextAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        var minute = DayTime.Parse(DayTime.Typed(Time)) ?? 0;
        var day = WallClock.DayOf(zone, now);
        while (day.DayOfWeek != Day || WallClock.MomentOf(zone, day, minute) <= now)
        {
            day = day.AddDays(1);
        }

        return WallClock.MomentOf(zone, day, minute);
    }
}
