using Efento.Portal.Alarms;
using Efento.Portal.Components.Words;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>Texts about filters, orders and troubles.</summary>
internal static class OverviewWords
{
    /// <summary>How many points have a trouble.</summary>
    public static string Count(Trouble trouble, int count) => trouble switch
    {
        Trouble.Critical => OverviewText.CountCritical(count),
        Trouble.Warning => OverviewText.CountWarning(count),
        Trouble.Alarm => OverviewText.CountAlarm(count),
        Trouble.SensorError => OverviewText.CountError(count),
        Trouble.Silent => OverviewText.CountSilent(count),
        Trouble.Late => OverviewText.CountLate(count),
        Trouble.Acknowledged => OverviewText.CountAcknowledged(count),
        _ => OverviewText.CountRemark(count),
    };

    /// <summary>The icon of a trouble; each has its own shape.</summary>
    public static string Icon(Trouble trouble) => trouble switch
    {
        Trouble.Critical => AlarmWords.Icon(AlarmLevel.Critical),
        Trouble.Warning => AlarmWords.Icon(AlarmLevel.Warning),
        Trouble.Alarm => Icons.Material.Outlined.NotificationsActive,
        Trouble.SensorError => Icons.Material.Outlined.ReportGmailerrorred,
        Trouble.Silent => Icons.Material.Outlined.SensorsOff,
        Trouble.Late => Icons.Material.Outlined.WarningAmber,
        Trouble.Acknowledged => Icons.Material.Outlined.NotificationsPaused,
        _ => Icons.Material.Outlined.ErrorOutline,
    };

    /// <summary>The name of a filter.</summary>
    public static string Name(OverviewFilter filter) => filter switch
    {
        OverviewFilter.Trouble => OverviewText.FilterTrouble,
        OverviewFilter.Critical => OverviewText.FilterCritical,
        OverviewFilter.Warning => OverviewText.FilterWarning,
        OverviewFilter.Alarm => OverviewText.FilterAlarm,
        OverviewFilter.SensorError => OverviewText.FilterError,
        OverviewFilter.Late => OverviewText.FilterLate,
        OverviewFilter.Silent => OverviewText.FilterSilent,
        OverviewFilter.Remark => OverviewText.FilterRemark,
        OverviewFilter.Acknowledged => OverviewText.FilterAcknowledged,
        OverviewFilter.Outside => OverviewText.FilterOutside,
        OverviewFilter.InOrder => OverviewText.FilterInOrder,
        OverviewFilter.NoLimits => OverviewText.FilterNoLimits,
        OverviewFilter.OnTime => OverviewText.FilterOnTime,
        OverviewFilter.Paused => OverviewText.FilterPaused,
        _ => OverviewText.FilterAll,
    };

    /// <summary>The name of an order.</summary>
    public static string Name(OverviewSort sort) => sort switch
    {
        OverviewSort.Name => OverviewText.SortName,
        OverviewSort.Value => OverviewText.SortValue,
        OverviewSort.Age => OverviewText.SortAge,
        _ => OverviewText.SortTrouble,
    };
}
