using System.Globalization;

namespace Efento.Portal.Maintenance;

/// <summary>
/// A time on the wall clock of a zone and the moments it stands for: one; none where clocks are put forward past it; two where they are
/// put back over it.
/// </summary>
/// <param name="Local">What the clock on the wall says.</param>
/// <param name="Moments">The moments, the earlier first, with the offset in force.</param>
public sealed record WallTime(DateTime Local, IReadOnlyList<DateTimeOffset> Moments)
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>Where clocks are put forward past it: what they say instead. Null otherwise.</summary>
    public DateTimeOffset? Instead { get; private init; }

    /// <summary>Whether no clock of the zone ever says it.</summary>
    public bool IsSkipped => Moments.Count == 0;

    /// <summary>Whether clocks say it twice.</summary>
    public bool IsTwice => Moments.Count > 1;

    /// <summary>What a wall-clock time means in a zone.</summary>
    public static WallTime In(TimeZoneInfo zone, DateTime local)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
        {
            return new(wall, []) { Instead = TimeZoneInfo.ConvertTime(new DateTimeOffset(wall, zone.GetUtcOffset(wall)), zone) };
        }

        return zone.IsAmbiguousTime(wall)
            ? new(wall, [.. zone.GetAmbiguousTimeOffsets(wall).Distinct().Select(offset => new DateTimeOffset(wall, offset)).OrderBy(moment => moment.UtcTicks)])
            : new(wall, [new DateTimeOffset(wall, zone.GetUtcOffset(wall))]);
    }

    /// <summary>Reads a time as a browser's field or a person writes it, 2027-03-28T02:30; null if it is none.</summary>
    public static WallTime? Parse(TimeZoneInfo zone, string? text) =>
        DateTime.TryParseExact(text?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? In(zone, local) : null;

    // Months are words: they belong to the language, also where a command writes numbers as the machine does.
    private string Day => Local.ToString("d MMMM yyyy", CultureInfo.CurrentUICulture);

    /// <summary>Why it is not one moment, in the language spoken; empty if it is.</summary>
    public string Remark => this switch
    {
        { Instead: { } instead } => ClockText.Skipped(ClockOf(Local), Day, ClockOf(instead.DateTime)),
        { Moments: [var first, var second, ..] } => ClockText.Twice(ClockOf(Local), Day, OffsetOf(first), OffsetOf(second)),
        _ => "",
    };

    /// <summary>An offset as people write it: UTC+02:00.</summary>
    public static string OffsetOf(DateTimeOffset moment) => string.Create(
        CultureInfo.InvariantCulture, $"UTC{(moment.Offset < TimeSpan.Zero ? '\u2212' : '+')}{moment.Offset:hh\\:mm}");

    private static string ClockOf(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
