using Efento.Portal.Devices;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>The measuring points of a location.</summary>
/// <param name="Key">The key of the location; 0 for points without one.</param>
/// <param name="Name">The name; null for points without a location.</param>
/// <param name="Parents">The names of its parent locations; null if there are none.</param>
/// <param name="All">All points.</param>
/// <param name="Shown">The points that the view shows, in its order.</param>
public sealed record OverviewSection(
    int Key, string? Name, string? Parents, IReadOnlyList<OverviewPoint> All, IReadOnlyList<OverviewPoint> Shown)
{
    /// <summary>The sections of a view in the order of the tree; those with trouble come first if the view sorts by trouble.</summary>
    /// <param name="points">The points by name, as returned by <see cref="LoggerQuery"/>.</param>
    /// <param name="view">The view.</param>
    /// <param name="tree">The locations.</param>
    public static IReadOnlyList<OverviewSection> Of(IEnumerable<OverviewPoint> points, OverviewView view, LocationTree tree)
    {
        var order = tree.All.Select((location, place) => (location.Id, place)).ToDictionary(l => l.Id, l => l.place);
        return
        [
            .. points.GroupBy(p => p.Logger.Point?.Location?.Id ?? 0)
                .OrderBy(g => order.GetValueOrDefault(g.Key, int.MaxValue))
                .Select(g => Of(tree.Find(g.Key), tree, [.. g], view))
                .Where(s => s.Shown.Count > 0)
                .OrderBy(s => view.Sort is OverviewSort.Trouble ? s.All.Min(p => p.Trouble) : Trouble.None),
        ];
    }

    private static OverviewSection Of(LocationEntry? location, LocationTree tree, IReadOnlyList<OverviewPoint> points, OverviewView view) =>
        new(
            location?.Id ?? 0, location?.Name, tree.Find(location?.ParentId)?.Path, points,
            [.. Sorted(points.Where(p => p.IsTaken(view.Filter) && p.IsFound(view.Search)), view.Sort)]);

    // They are already sorted by name, and sorting hundreds of names at each update is expensive.
    private static IEnumerable<OverviewPoint> Sorted(IEnumerable<OverviewPoint> points, OverviewSort sort) => sort switch
    {
        OverviewSort.Name => points,
        OverviewSort.Value =>
            points.OrderBy(p => First(p)?.Type.Key, StringComparer.Ordinal).ThenByDescending(p => First(p)?.Latest?.Measurement),
        OverviewSort.Age => points.OrderBy(p => p.Logger.Series.Max(s => s.Latest?.MeasuredAtUtc)),
        _ => points.OrderBy(p => p.Trouble),
    };

    private static SeriesOverview? First(OverviewPoint point) => point.Logger.Series.Count > 0 ? point.Logger.Series[0] : null;
}
