using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>All loggers and the decisions about them: Y or N, approval, point, retirement.</summary>
public sealed partial class LoggersPage
{
    private readonly HashSet<int> _chosen = [];
    [HandedOver]
    private IReadOnlyList<LoggerOverview>? _loggers;
    [HandedOver]
    private IReadOnlyList<FreePoint> _free = [];
    [HandedOver]
    private bool _mayChange;
    private string _search = "";
    private LoggerFilter _filter;
    private Notice? _notice;

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(1);

    [Inject]
    private LoggerQuery Loggers { get; set; } = null!;

    [Inject]
    private FreePoints Free { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    private static Dictionary<string, object?> SearchLabel => new() { ["aria-label"] = LoggersText.Search };

    private IReadOnlyList<LoggerOverview> Found =>
        [.. _loggers!.Where(l => _filter.Takes(l) && LoggerFilters.IsFound(l, _search ?? "")).OrderBy(l => l.IsShown ? 0 : 1)];

    private string InAll =>
        string.Join(" · ", new[]
        {
            AdministrationWords.Loggers(_loggers!.Count),
            Count(LoggerFilter.Held, count => LoggersText.CountHeld(count)),
            Count(LoggerFilter.N, count => LoggersText.CountN(count)),
            Count(LoggerFilter.Retired, count => LoggersText.CountRetired(count)),
        }.OfType<string>());

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Logger), new LiveKey(LiveTopic.Inventory), new LiveKey(LiveTopic.Maintenance));
        _mayChange = await Person.MayAsync(Policies.Administer);
        _free = await Free.ListAsync();
        _loggers = await Loggers.ListAllAsync(await Person.ScopeAsync());
        _chosen.IntersectWith(_loggers.Select(l => l.Id));
    }

    private string? Count(LoggerFilter filter, Func<long, string> words) =>
        _loggers!.Count(l => filter.Takes(l)) is > 0 and var count ? words(count) : null;

    private void Choose(int logger)
    {
        if (!_chosen.Remove(logger))
        {
            _chosen.Add(logger);
        }
    }

    private void ChooseAll(bool all)
    {
        _chosen.Clear();
        _chosen.UnionWith(all ? Found.Select(l => l.Id) : []);
    }
}
