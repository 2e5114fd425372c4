using System.Globalization;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>Texts about refused changes of maintenance windows.</summary>
internal static class MaintenanceWords
{
    /// <summary>Why the change was refused, with times of a zone and its offset; empty if it was made.</summary>
    public static string Why(MaintenanceOutcome outcome, TimeZoneInfo zone) => (outcome.Fault, outcome.Window) switch
    {
        (null, _) => "",
        (MaintenanceFault.Reason, _) => MaintenanceText.FaultReason(MaintenanceWindow.MaxReasonLength),
        (MaintenanceFault.End, _) => MaintenanceText.FaultEnd,
        (MaintenanceFault.Length, _) => MaintenanceText.FaultLength(MaintenanceWindow.MostDays),
        (MaintenanceFault.Begin, _) => MaintenanceText.FaultBegin,
        (MaintenanceFault.Overlap, { } other) =>
            MaintenanceText.FaultOverlap(Time(other.FromUtc, zone), Time(other.UntilUtc, zone), other.Reason),
        (MaintenanceFault.Changed, { } now) => MaintenanceText.FaultChanged(Time(now.FromUtc, zone), Time(now.UntilUtc, zone), now.Reason),
        (MaintenanceFault.Changed, null) => MaintenanceText.FaultGone,
        _ => MaintenanceText.FaultOff,
    };

    private static string Time(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return $"{local.ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture)} {WallTime.OffsetOf(local)}";
    }
}
