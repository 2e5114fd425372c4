using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Pages.Alarms;

/// <summary>All alarms: the open ones first, the worst of them on top, and below them the history, page by page.</summary>
public sealed partial class AlarmsPage
{
    /// <summary>The number of alarms of the history on a page, and of open ones that are shown at first.</summary>
    public const int PageSize = 50;

    private readonly HashSet<int> _chosen = [];
    [HandedOver]
    private IReadOnlyList<AlarmLine>? _open;
    /// <summary>The number of open ones; null if they were not asked for.</summary>
    [HandedOver]
    private int? _openCount;
    [HandedOver]
    private IReadOnlyList<AlarmLine>? _history;
    [HandedOver]
    private string? _older;
    [HandedOver]
    private IReadOnlyList<LocationEntry> _places = [];
    [HandedOver]
    private IReadOnlyList<string> _people = [];
    [HandedOver]
    private bool _mayAct;
    /// <summary>The zone of the days of the filter; null if it has none.</summary>
    [HandedOver]
    private TimeZoneInfo? _zone;
    private TimeZoneInfo? _zoneOfBrowser;
    private int _most = PageSize;

    /// <inheritdoc cref="AlarmChoice.State"/>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <inheritdoc cref="AlarmChoice.Open"/>
    [SupplyParameterFromQuery]
    public string? Open { get; set; }

    /// <inheritdoc cref="AlarmChoice.Level"/>
    [SupplyParameterFromQuery]
    public string? Level { get; set; }

    /// <inheritdoc cref="AlarmChoice.Kind"/>
    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    /// <inheritdoc cref="AlarmChoice.Place"/>
    [SupplyParameterFromQuery]
    public int? Place { get; set; }

    /// <inheritdoc cref="AlarmChoice.Point"/>
    [SupplyParameterFromQuery]
    public int? Point { get; set; }

    /// <inheritdoc cref="AlarmChoice.Who"/>
    [SupplyParameterFromQuery]
    public string? Who { get; set; }

    /// <inheritdoc cref="AlarmChoice.Time"/>
    [SupplyParameterFromQuery]
    public string? Time { get; set; }

    /// <inheritdoc cref="AlarmChoice.From"/>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <inheritdoc cref="AlarmChoice.To"/>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>The last alarm of the page of the history before, as begin and key: 1750000000000-17.</summary>
    [SupplyParameterFromQuery]
    public string? After { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(1);

    private AlarmChoice Choice => new()
    {
        State = State,
        Open = Open,
        Level = Level,
        Kind = Kind,
        Place = Place,
        Point = Point,
        Who = Who,
        Time = Time,
        From = From,
        To = To,
    };

    private AlarmFilter Filter => Choice.Filter(Clock.GetUtcNow(), _zone ?? TimeZoneInfo.Utc);

    private AlarmFilter OpenFilter => Filter with { IsOpen = true };

    private AlarmFilter HistoryFilter => Filter with { IsOpen = Choice.IsWithdrawn ? null : false };

    private string CsvAddress => _zone is null
        ? AlarmsCsv.Route + Choice.Query
        : QueryHelpers.AddQueryString(AlarmsCsv.Route + Choice.Query, "zone", _zone.Id);

    [Inject]
    private AlarmQuery Alarms { get; set; } = null!;

    [Inject]
    private LocationDirectory Locations { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private SiteClock SiteClock { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Alarm), new LiveKey(LiveTopic.Inventory));
        var scope = await Person.ScopeAsync();
        _mayAct = await Person.MayAsync(Policies.Operate);
        _places = [.. Locations.Tree.All.Where(l => scope.SeesLocation(l.Id))];
        _people = await Alarms.PeopleAsync(scope);
        _zone = Choice.HasDays ? await ZoneAsync() : null;
        await LoadHistoryAsync(scope);
        await LoadOpenAsync(scope);
        _chosen.IntersectWith(_open!.Select(l => l.Alarm.Id));
        AwaitTurn(AlarmWords.SnoozeLeft(_open!, Clock.GetUtcNow()), () => { });
    }

    /// <summary>The page's zone. The browser's own is asked for once; before it can be asked, the site's is taken.</summary>
    private async Task<TimeZoneInfo> ZoneAsync() =>
        View.TimeZone is not null ? await Js.ZoneAsync(Assets, View)
        : RendererInfo.IsInteractive ? _zoneOfBrowser ??= await Js.ZoneAsync(Assets, View)
        : await SiteClock.ReadZoneAsync();

    private async Task LoadOpenAsync(SiteScope scope)
    {
        var isWanted = Choice is { Open: not AlarmChoice.No, IsWithdrawn: false } && After is null;
        _openCount = isWanted ? await Alarms.CountFoldedAsync(scope, OpenFilter) : null;
        _open = isWanted ? await Alarms.ListFoldedAsync(scope, OpenFilter, AlarmOrder.WorstFirst, null, _most) : [];
    }

    private async Task LoadHistoryAsync(SiteScope scope)
    {
        if (Choice is { Open: AlarmChoice.Yes, IsWithdrawn: false })
        {
            (_history, _older) = (null, null);
            return;
        }

        var found = await Alarms.ListFoldedAsync(scope, HistoryFilter, AlarmOrder.NewestFirst, PositionOf(After), PageSize + 1);
        _history = [.. found.Take(PageSize)];
        _older = found.Count > PageSize
            ? string.Create(CultureInfo.InvariantCulture, $"{_history[^1].Alarm.BeganMs}-{_history[^1].Alarm.Id}")
            : null;
    }

    private Task MoreAsync()
    {
        _most += PageSize;
        return ReloadAsync();
    }

    private void Choose(int alarm)
    {
        if (!_chosen.Remove(alarm))
        {
            _chosen.Add(alarm);
        }
    }

    private void ChooseAll(bool all)
    {
        _chosen.Clear();
        _chosen.UnionWith(all ? _open!.Select(l => l.Alarm.Id) : []);
    }

    private string AddressAfter(string? after) => after is null
        ? $"alarms{Choice.Query}"
        : QueryHelpers.AddQueryString($"alarms{Choice.Query}", "after", after);

    private static AlarmPosition? PositionOf(string? after) => after?.Split('-') is [var began, var id]
        && long.TryParse(began, NumberStyles.None, CultureInfo.InvariantCulture, out var beganMs)
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? new AlarmPosition(beganMs, key)
            : null;
}
