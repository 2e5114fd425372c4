using System.Globalization;

namespace Efento.Portal.Notifications.Duty;

/// <summary>Times of a day as documents write them: 06:00.</summary>
internal static class DayTime
{
    private const string Form = "HH:mm";

    /// <summary>The minute of the day; null if it is no time.</summary>
    public static int? Parse(string? text) =>
        TimeOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.Hour * 60) + time.Minute
            : null;

    /// <summary>A time as a field of a page hands it over: browsers give it seconds, which nobody typed.</summary>
    public static string Typed(string? text) =>
        text is { Length: 8 } && text.EndsWith(":00", StringComparison.Ordinal) ? text[..5] : text ?? "";

    /// <summary>The time of a minute of the day.</summary>
    public static string Text(int minute) => new TimeOnly(minute / 60, minute % 60).ToString(Form, CultureInfo.InvariantCulture);
}
