using System.Globalization;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>Why maintenance windows were not changed, as people read it.</summary>
internal static class MaintenanceWords
{
    /// <summary>Why nothing was changed, in times of the site's clock; empty if it was done.</summary>
    public static string Why(MaintenanceOutcome outcome, TimeZoneInfo zone) => (outcome.Fault, outcome.Window) switch
    {
        (null, _) => "",
        (MaintenanceFault.Reason, _) => MaintenanceText.FaultReason(MaintenanceWindow.MaxReasonLength),
        (MaintenanceFault.End, _) => MaintenanceText.FaultEnd,
        (MaintenanceFault.Length, _) => MaintenanceText.FaultLength(MaintenanceWindow.MostDays),
        (MaintenanceFault.Begin, _) => MaintenanceText.FaultBegin,
        (MaintenanceFault.Overlap, { } other) => MaintenanceText.FaultOverlap(Time(other.FromUtc, zone), Time(other.UntilUtc, zone), other.Reason),
        (MaintenanceFault.Changed, { } now) => MaintenanceText.FaultChanged(Time(now.FromUtc, zone), Time(now.UntilUtc, zone), now.Reason),
        (MaintenanceFault.Changed, null) => MaintenanceText.FaultGone,
        _ => MaintenanceText.FaultOff,
    };

    /// <summary>Why a time of the site's clock is not one moment: it is skipped, or comes twice.</summary>
    public static string WhyNoMoment(WallTime wall) => wall switch
    {
        { Instead: { } instead } => MaintenanceText.Skipped(Clock(wall.Local), Day(wall.Local), Clock(instead.DateTime)),
        { Moments: [var first, var second, ..] } => MaintenanceText.Twice(Clock(wall.Local), Day(wall.Local), WallTime.OffsetOf(first), WallTime.OffsetOf(second)),
        _ => "",
    };

    private static string Time(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);

    private static string Day(DateTime local) => local.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    private static string Clock(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
