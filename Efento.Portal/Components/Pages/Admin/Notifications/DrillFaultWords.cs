using Efento.Portal.Notifications.Drills;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>Says why a drill was not started.</summary>
internal static class DrillFaultWords
{
    /// <summary>The sentence; null if it was started.</summary>
    public static string? Of(DrillFault? fault) => fault switch
    {
        null => null,
        DrillFault.AlreadyOn => NotificationsText.DrillAlreadyOn,
        DrillFault.Nobody => NotificationsText.DrillNobody,
        DrillFault.Gone => NotificationsText.DrillGone,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
