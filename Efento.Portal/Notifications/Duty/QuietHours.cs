namespace Efento.Portal.Notifications.Duty;

/// <summary>The time of each day in which a person hears of critical alarms alone.</summary>
/// <param name="FromMinute">The minute of the day at which it begins.</param>
/// <param name="ToMinute">The minute of the day at which it ends; before <paramref name="FromMinute"/> if that is on the next day.</param>
public sealed record QuietHours(int FromMinute, int ToMinute)
{
    /// <summary>When they end, if a time is within them; null if it is not.</summary>
    /// <param name="at">The time.</param>
    /// <param name="zone">The person's zone.</param>
    public DateTimeOffset? UntilAt(DateTimeOffset at, TimeZoneInfo zone)
    {
        var today = WallClock.DayOf(zone, at);
        foreach (var day in (DateOnly[])[today.AddDays(-1), today])
        {
            var from = WallClock.MomentOf(zone, day, FromMinute);
            var to = WallClock.MomentOf(zone, FromMinute < ToMinute ? day : day.AddDays(1), ToMinute);
            if (from <= at && at < to)
            {
                return to;
            }
        }

        return null;
    }

    /// <summary>As documents and the audit trail write them: 22:00–06:00.</summary>
    public override string ToString() => $"{DayTime.Text(FromMinute)}–{DayTime.Text(ToMinute)}";
}
