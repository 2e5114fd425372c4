using MudBlazor;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>What the overview calls its filters, orders and troubles.</summary>
internal static class OverviewWords
{
    /// <summary>So many in trouble.</summary>
    public static string Count(Trouble trouble, int count) => trouble switch
    {
        Trouble.Silent => OverviewText.CountSilent(count),
        Trouble.Late => OverviewText.CountLate(count),
        _ => OverviewText.CountRemark(count),
    };

    /// <summary>The sign of a trouble: another shape for each.</summary>
    public static string Icon(Trouble trouble) => trouble switch
    {
        Trouble.Silent => Icons.Material.Outlined.SensorsOff,
        Trouble.Late => Icons.Material.Outlined.WarningAmber,
        _ => Icons.Material.Outlined.ErrorOutline,
    };

    /// <summary>The name of a filter.</summary>
    public static string Name(OverviewFilter filter) => filter switch
    {
        OverviewFilter.Trouble => OverviewText.FilterTrouble,
        OverviewFilter.Late => OverviewText.FilterLate,
        OverviewFilter.Silent => OverviewText.FilterSilent,
        OverviewFilter.Remark => OverviewText.FilterRemark,
        OverviewFilter.Order => OverviewText.FilterOrder,
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
