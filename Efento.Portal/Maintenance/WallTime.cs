using System.Globalization;

namespace Efento.Portal.Maintenance;

/// <summary>
/// A local time of a time zone and the moments it stands for. Usually this is one moment. There is none if clocks are put forward past it,
/// and there are two if clocks are put back over it.
/// </summary>
/// <param name="Local">The local time.</param>
/// <param name="Moments">The moments, the earlier first, with the offset in force.</param>
internal sealed record WallTime(DateTime Local, IReadOnlyList<DateTimeOffset> Moments)
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>If clocks are put forward past it, the time that they show instead; otherwise null.</summary>
    public DateTimeOffset? Instead { get; private init; }

    /// <summary>Whether the time does not exist in the zone.</summary>
    public bool IsSkipped => Moments.Count == 0;

    /// <summary>Whether the time occurs twice.</summary>
    public bool IsTwice => Moments.Count > 1;

    /// <summary>The local time in a zone.</summary>
    public static WallTime In(TimeZoneInfo zone, DateTime local)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
        {
            return new(wall, []) { Instead = TimeZoneInfo.ConvertTime(new DateTimeOffset(wall, zone.GetUtcOffset(wall)), zone) };
        }

        return zone.IsAmbiguousTime(wall)
            ? new(
                wall,
                [
                    .. zone.GetAmbiguousTimeOffsets(wall)
                        .Distinct()
                        .Select(offset => new DateTimeOffset(wall, offset))
                        .OrderBy(moment => moment.UtcTicks)
                ])
            : new(wall, [new DateTimeOffset(wall, zone.GetUtcOffset(wall))]);
    }

    /// <summary>When a day begins in a zone. Where clocks are put forward past midnight, it begins when they are.</summary>
    public static DateTimeOffset StartOf(TimeZoneInfo zone, DateOnly day)
    {
        var wall = In(zone, day.ToDateTime(TimeOnly.MinValue));
        return (wall.Instead ?? wall.Moments[0]).ToUniversalTime();
    }

    /// <summary>Parses a time as a browser's field or a user writes it, 2027-03-28T02:30; null if it is not valid.</summary>
    public static WallTime? Parse(TimeZoneInfo zone, string? text) =>
        DateTime.TryParseExact(text?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? In(zone, local)
            : null;

    /// <summary>An offset in the form UTC+02:00.</summary>
    public static string OffsetOf(DateTimeOffset moment) => string.Create(
        CultureInfo.InvariantCulture, $"UTC{(moment.Offset < TimeSpan.Zero ? '\u2212' : '+')}{moment.Offset:hh\\:mm}");
}
