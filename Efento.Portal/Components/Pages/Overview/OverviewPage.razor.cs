using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>A tile for each measuring point, by location. Before there is a logger, instructions to connect one.</summary>
public sealed partial class OverviewPage
{
    private static readonly LiveKey[] Topics = [new(LiveTopic.Inventory), new(LiveTopic.Maintenance)];

    [HandedOver]
    private IReadOnlyList<LoggerOverview>? _loggers;
    [HandedOver]
    private IReadOnlyDictionary<int, Tile> _tiles = new Dictionary<int, Tile>();
    [HandedOver]
    private IReadOnlyList<GatewayOverview> _gateways = [];
    [HandedOver]
    private bool _isLimited;
    [HandedOver]
    private int _held;
    [HandedOver]
    private int _hidden;

    /// <summary>The words to search for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    /// <summary>The filter.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>The order.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>"compact" for small tiles.</summary>
    [SupplyParameterFromQuery(Name = "size")]
    public string? TileSize { get; set; }

    /// <summary>The collapsed sections.</summary>
    [SupplyParameterFromQuery(Name = "folded")]
    public string? Folded { get; set; }

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private GatewayQuery Gateways { get; set; } = null!;

    [Inject]
    private OverviewPictures Pictures { get; set; } = null!;

    [Inject]
    private LocationDirectory Locations { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private OverviewView CurrentView => OverviewView.Of(Search, State, Sort, TileSize, Folded);

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var scope = await Person.ScopeAsync();
        Follow(
            [.. scope.LoggerKeys, .. Topics, .. _loggers is { Count: > 0 } || scope.IsLimited ? [] : (LiveKey[])[new(LiveTopic.Gateway)]]);
        var picture = await Pictures.OfAsync(scope, View.Units);
        var isEmpty = picture.Loggers.Count + picture.Held + picture.Hidden == 0;
        _gateways = isEmpty ? await Gateways.ListAsync(scope) : [];
        (_isLimited, _loggers, _tiles, _held, _hidden) = (scope.IsLimited, picture.Loggers, picture.Tiles, picture.Held, picture.Hidden);
        AwaitTurn();
    }

    private static IReadOnlyList<(OverviewFilter Filter, int Count)> FiltersOf(IReadOnlyList<OverviewPoint> points, OverviewView view) =>
        [
            .. Enum.GetValues<OverviewFilter>().Select(
                f => (f, points.Count(p => p.IsTaken(f) && p.IsFound(view.Search)))).Where(f => f.Item2 > 0 || f.f == view.Filter)
        ];

    /// <summary>A site without locations has a single section, which needs no name.</summary>
    private static bool HasHeads(IReadOnlyList<OverviewPoint> points) => points.Any(p => p.Logger.Point?.Location is not null);

    private IReadOnlyList<OverviewPoint> PointsNow()
    {
        var (maintenance, now) = (Maintenance.Current, Time.GetUtcNow());
        return [.. _loggers!.Select(logger => OverviewPoint.Of(logger, maintenance, now))];
    }

    private IReadOnlyList<Tile> TilesOf(OverviewSection section) => [.. section.Shown.Select(p => _tiles[p.Logger.Id])];

    private void Show(OverviewView view) => Navigation.NavigateTo("/" + view.Address(), replace: true);

    /// <summary>The tile of a logger that becomes late moves up, although nothing arrives and nothing is loaded.</summary>
    private void AwaitTurn()
    {
        var now = Time.GetUtcNow();
        AwaitTurn(UpcomingChange.FirstUtc(_loggers!, Maintenance.Current, now) - now, AwaitTurn);
    }
}
