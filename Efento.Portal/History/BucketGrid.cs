using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Where the buckets of a range begin. In a long range they are whole days of the user's zone: at any other width the course of each day
/// would beat with the buckets, and fill the chart with a solid block.
/// </summary>
/// <param name="Resolution">What the range is read from.</param>
/// <param name="Zone">The zone whose days are the buckets; null if buckets have any width.</param>
internal readonly record struct BucketGrid(Resolution Resolution, TimeZoneInfo? Zone)
{
    private const long DayMs = Hours.LengthMs * Hours.PerDay;

    // Beyond some 48,000 hours, days of UTC are read: a bucket is then several days, so an hour or two at its edges can't be seen.
    private const long LongestByHoursMs = 2_000 * DayMs;

    /// <summary>The length beyond which buckets are whole days.</summary>
    public static readonly TimeSpan LongestWithoutDays = TimeSpan.FromDays(90);

    /// <summary>Whether every point is a bucket of whole days.</summary>
    public bool IsDays => Zone is not null;

    /// <summary>Whether pieces at the edges of the range, which are finer than the rest, are put together as well.</summary>
    public bool IsEven { get; private init; }

    /// <summary>The narrowest buckets; 0 leaves the pieces as they are.</summary>
    public long NarrowestMs => IsDays ? DayMs : IsEven ? UnitMs : 0;

    private long UnitMs => this switch
    {
        { IsDays: true } or { Resolution: Resolution.Day } => DayMs,
        { Resolution: Resolution.Hour } => Hours.LengthMs,
        _ => 1,
    };

    /// <summary>The grid of a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="maxPoints">The most points.</param>
    /// <param name="zone">The user's zone; null if days don't matter.</param>
    public static BucketGrid Of(Stretch range, int maxPoints, TimeZoneInfo? zone)
    {
        var lengthMs = range.ToMs - range.FromMs;
        if (zone is not null && lengthMs > LongestWithoutDays.TotalMilliseconds)
        {
            return new(lengthMs > LongestByHoursMs ? Resolution.Day : Resolution.Hour, zone);
        }

        var resolution = (lengthMs / maxPoints) switch
        {
            >= DayMs => Resolution.Day,
            >= Hours.LengthMs => Resolution.Hour,
            _ => Resolution.Raw,
        };
        return new(resolution, null);
    }

    /// <summary>
    /// The grid for programs: as soon as whole hours or days give half of the points, they are enough, and nothing finer is read. A month
    /// of hours is read many times faster than its readings.
    /// </summary>
    /// <param name="range">The range.</param>
    /// <param name="maxPoints">The most points.</param>
    public static BucketGrid OfRollups(Stretch range, int maxPoints) => Of(range, Math.Max(1, maxPoints / 2), zone: null) is var grid
        && grid.Resolution is Resolution.Raw ? grid : grid with { IsEven = true };

    /// <summary>
    /// The width in ms with which a range has at most so many buckets, rounded up to whole units: 1 ms, an hour or a day.
    /// </summary>
    public long WidthMs(Stretch range, int buckets)
    {
        var width = Math.Max(1, (range.ToMs - range.FromMs + buckets - 1) / buckets);
        return (width + UnitMs - 1) / UnitMs * UnitMs;
    }

    /// <summary>The number of the bucket that holds a moment (Unix ms). Days have 23, 24 or 25 hours.</summary>
    public long BucketOf(long ms, long widthMs)
    {
        var shown = Zone is null ? ms : ms + (long)Zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(ms)).TotalMilliseconds;

        // Division rounds towards zero, so a time before 1970 needs one less.
        return (shown / widthMs) - (shown % widthMs < 0 ? 1 : 0);
    }

    /// <summary>How many days a bucket of this width holds; 0 if buckets are not whole days.</summary>
    public int DaysOf(long widthMs) => IsDays ? (int)(widthMs / DayMs) : 0;
}
