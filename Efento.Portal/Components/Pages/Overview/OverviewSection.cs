using Efento.Portal.Devices;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>The measuring points of a location.</summary>
/// <param name="Key">The key of the location; 0 for those that lie in none.</param>
/// <param name="Name">Its name; null for those that lie in none.</param>
/// <param name="Parents">The names of the locations it lies in; null if it lies in none.</param>
/// <param name="All">All of them.</param>
/// <param name="Shown">Those that a view shows, in its order.</param>
public sealed record OverviewSection(int Key, string? Name, string? Parents, IReadOnlyList<OverviewPoint> All, IReadOnlyList<OverviewPoint> Shown)
{
    /// <summary>How many need somebody.</summary>
    public int TroubleCount => All.Count(p => p.Trouble is not Trouble.None);

    /// <summary>The sections of a view. They stand in the order of the tree, those with trouble first if that is what is looked for.</summary>
    /// <param name="points">The points by name, as <see cref="LoggerQuery"/> gives them.</param>
    /// <param name="view">What is looked for.</param>
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
        new(location?.Id ?? 0, location?.Name, tree.Find(location?.ParentId)?.Path, points, [.. Sorted(points.Where(p => p.IsTaken(view.Filter) && p.IsFound(view.Search)), view.Sort)]);

    // They come by name already: sorting hundreds of names at each tick is dear.
    private static IEnumerable<OverviewPoint> Sorted(IEnumerable<OverviewPoint> points, OverviewSort sort) => sort switch
    {
        OverviewSort.Name => points,
        OverviewSort.Value => points.OrderBy(p => First(p)?.Type.Key, StringComparer.Ordinal).ThenByDescending(p => First(p)?.Latest?.Measurement),
        OverviewSort.Age => points.OrderBy(p => p.Logger.Series.Max(s => s.Latest?.MeasuredAtUtc)),
        _ => points.OrderBy(p => p.Trouble),
    };

    private static SeriesOverview? First(OverviewPoint point) => point.Logger.Series.Count > 0 ? point.Logger.Series[0] : null;
}
