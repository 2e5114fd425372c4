using Efento.Portal.Notifications.Duty;

namespace Efento.Portal.Notifications;

/// <summary>
/// Who is on duty when: people take turns week by week, and single days may have somebody else. There is always somebody.
/// </summary>
public sealed class NotificationRota
{
    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>Its name in the file and in chains: letters, digits, -, _ and dots.</summary>
    public required string Key { get; init; }

    /// <summary>The time zone of the hand-over, an IANA name.</summary>
    public required string TimeZone { get; set; }

    /// <summary>A day on which the first person's week begins; each week begins on this day of the week.</summary>
    public required DateOnly FromDay { get; set; }

    /// <summary>The minute of the day at which the next person takes over.</summary>
    public required int HandOverMinute { get; set; }

    /// <summary>The people in turn and the days that somebody else has.</summary>
    public required RotaPeople People { get; set; }

    /// <summary>The e-mail address of the person on duty.</summary>
    public string OnDutyAt(DateTimeOffset at)
    {
        var day = DutyDayOf(at);
        return People.Overrides.GetValueOrDefault(day) ?? People.Turns[TurnOf(day)];
    }

    /// <summary>When the next hand-over is, of a week or of a day that somebody else has, at which the person on duty changes.</summary>
    /// <returns>When, and who takes over; null if nobody does within the turns of all.</returns>
    public (DateTimeOffset AtUtc, string Person)? NextAfter(DateTimeOffset at)
    {
        var (now, day) = (OnDutyAt(at), DutyDayOf(at));
        for (var next = day.AddDays(1); next <= day.AddDays((7 * People.Turns.Count) + 7); next = next.AddDays(1))
        {
            var start = StartOf(next);
            if (OnDutyAt(start) is var person && !string.Equals(person, now, StringComparison.OrdinalIgnoreCase))
            {
                return (start, person);
            }
        }

        return null;
    }

    /// <summary>The day of duty of a time: it begins at the hand-over time.</summary>
    public DateOnly DutyDayOf(DateTimeOffset at)
    {
        var day = WallClock.DayOf(Zone, at);
        return at < StartOf(day) ? day.AddDays(-1) : day;
    }

    private TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    private DateTimeOffset StartOf(DateOnly day) => WallClock.MomentOf(Zone, day, HandOverMinute);

    private int TurnOf(DateOnly day)
    {
        var weeks = (int)Math.Floor((day.DayNumber - FromDay.DayNumber) / 7.0);
        return ((weeks % People.Turns.Count) + People.Turns.Count) % People.Turns.Count;
    }
}

/// <summary>The people of a rota.</summary>
/// <param name="Turns">Their e-mail addresses in turn, at least one.</param>
/// <param name="Overrides">Who has a single day of duty instead, by the day on which it begins.</param>
public sealed record RotaPeople(IReadOnlyList<string> Turns, IReadOnlyDictionary<DateOnly, string> Overrides);
