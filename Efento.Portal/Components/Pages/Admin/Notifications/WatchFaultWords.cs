using Efento.Portal.Notifications.Watching;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>Says why the portal does not watch.</summary>
internal static class WatchFaultWords
{
    /// <summary>A sentence, followed by what is known of it.</summary>
    public static string Of(WatchFault fault)
    {
        var words = fault.Kind switch
        {
            WatchFaultKind.Judging => NotificationsText.FaultJudging,
            WatchFaultKind.Standing => NotificationsText.FaultStanding,
            WatchFaultKind.Refusing => NotificationsText.FaultRefusing,
            WatchFaultKind.Store => NotificationsText.FaultStore,
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, null),
        };
        return fault.More.Length == 0 ? words : $"{words} {fault.More}";
    }
}
