using Efento.Portal.Notifications.Duty;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Reads quiet hours as they are typed.</summary>
internal static class QuietText
{
    /// <summary>The quiet hours, or what is wrong with them; neither if nothing was typed.</summary>
    public static (QuietHours? Quiet, NotificationFaultKind? Fault) Read(string? from, string? to) =>
        string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to) ? (null, null)
        : DayTime.Parse(DayTime.Typed(from)) is not { } first || DayTime.Parse(DayTime.Typed(to)) is not { } last
            ? (null, NotificationFaultKind.DayTime)
        : first == last ? (null, NotificationFaultKind.QuietEmpty)
        : (new QuietHours(first, last), null);
}
