using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>A tile per measuring point, by location; before the first logger, how to bring one here.</summary>
public sealed partial class OverviewPage
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly LiveKey[] Topics = [new(LiveTopic.Inventory), new(LiveTopic.Maintenance)];

    private IReadOnlyList<LoggerOverview>? _loggers;
    private IReadOnlyDictionary<int, Tile> _tiles = new Dictionary<int, Tile>();
    private IReadOnlyList<GatewayOverview> _gateways = [];
    private bool _isLimited;
    private int _held;
    private int _hidden;
    private ITimer? _turn;

    /// <summary>Words to find.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    /// <summary>Which measuring points.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>What comes first.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>"compact" for small tiles.</summary>
    [SupplyParameterFromQuery(Name = "size")]
    public string? TileSize { get; set; }

    /// <summary>The sections that are folded.</summary>
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
        Follow([.. scope.LoggerKeys, .. Topics, .. _loggers is { Count: > 0 } || scope.IsLimited ? [] : (LiveKey[])[new(LiveTopic.Gateway)]]);
        var picture = await Pictures.OfAsync(scope, View.Units);
        var isEmpty = picture.Loggers.Count + picture.Held + picture.Hidden == 0;
        _gateways = isEmpty ? await Gateways.ListAsync(scope) : [];
        (_isLimited, _loggers, _tiles, _held, _hidden) = (scope.IsLimited, picture.Loggers, picture.Tiles, picture.Held, picture.Hidden);
        AwaitTurn();
    }

    /// <inheritdoc/>
    protected override void Leave() => _turn?.Dispose();

    private static IReadOnlyList<(OverviewFilter Filter, int Count)> FiltersOf(IReadOnlyList<OverviewPoint> points, OverviewView view) =>
        [.. Enum.GetValues<OverviewFilter>().Select(f => (f, points.Count(p => p.IsTaken(f)))).Where(f => f.Item2 > 0 || f.f == view.Filter)];

    /// <summary>A site without locations has one section, which needs no name.</summary>
    private static bool HasHeads(IReadOnlyList<OverviewPoint> points) => points.Any(p => p.Logger.Point?.Location is not null);

    private IReadOnlyList<OverviewPoint> PointsNow()
    {
        var (maintenance, now) = (Maintenance.Current, Time.GetUtcNow());
        return [.. _loggers!.Select(logger => OverviewPoint.Of(logger, maintenance, now))];
    }

    private IReadOnlyList<Tile> TilesOf(OverviewSection section) => [.. section.Shown.Select(p => _tiles[p.Logger.Id])];

    private void Show(OverviewView view) => Navigation.NavigateTo("/" + view.Address(), replace: true);

    /// <summary>When a logger becomes late its tile moves up, though nothing arrives and nothing is asked.</summary>
    private void AwaitTurn()
    {
        _turn?.Dispose();
        _turn = null;
        var now = Time.GetUtcNow();
        if (RendererInfo.IsInteractive && SiteTurn.FirstUtc(_loggers!, Maintenance.Current, now) is { } turn)
        {
            var wait = turn - now < LongestWait ? turn - now : LongestWait;
            _turn = Time.CreateTimer(_ => _ = InvokeAsync(ShowTurn), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void ShowTurn()
    {
        View.Speak();
        AwaitTurn();
        StateHasChanged();
    }
}
