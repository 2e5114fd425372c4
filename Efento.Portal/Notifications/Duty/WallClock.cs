namespace Efento.Portal.Notifications.Duty;

/// <summary>Moments of the clock on the wall, on nights too on which clocks change.</summary>
internal static class WallClock
{
    /// <summary>The minutes of a day.</summary>
    public const int MinutesOfDay = 24 * 60;

    /// <summary>
    /// When a clock shows a time first. If clocks are put forward past it, that is when they are; if they are put back over it, the
    /// first of the two times counts.
    /// </summary>
    /// <param name="zone">The zone of the clock.</param>
    /// <param name="day">The day.</param>
    /// <param name="minute">The minute of the day, from 0 to below <see cref="MinutesOfDay"/>.</param>
    public static DateTimeOffset MomentOf(TimeZoneInfo zone, DateOnly day, int minute)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    /// <summary>The day that a clock shows.</summary>
    public static DateOnly DayOf(TimeZoneInfo zone, DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
