using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Gateways;

/// <summary>Every gateway and how it is, those with trouble first.</summary>
public sealed partial class GatewaysPage
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private IReadOnlyList<GatewayOverview>? _gateways;
    private IReadOnlyDictionary<int, LedgerEntry> _loops = new Dictionary<int, LedgerEntry>();
    private IReadOnlyList<GatewayName> _retired = [];
    private bool _isLimited;
    private ITimer? _next;

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(1);

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private GatewayQuery Gateways { get; set; } = null!;

    [Inject]
    private LedgerQuery Ledger { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Gateway), new LiveKey(LiveTopic.Inventory), new LiveKey(LiveTopic.Maintenance));
        var scope = await Person.ScopeAsync();
        var gateways = await Gateways.ListAsync(scope);
        _loops = (await Ledger.ReadLoopsAsync(scope, [.. gateways.Select(g => g.Id)])).Where(l => GatewayWords.Loop(l.Value) is not null).ToDictionary();
        _retired = await Gateways.ListRetiredAsync(scope);
        Arrange(gateways);
        _isLimited = scope.IsLimited;
    }

    /// <inheritdoc/>
    protected override void Leave() => _next?.Dispose();

    /// <summary>Puts trouble first, and does so again when the next one goes offline: nothing arrives then that would tell.</summary>
    private void Arrange(IEnumerable<GatewayOverview> gateways)
    {
        var now = Time.GetUtcNow();
        _gateways = [.. gateways.OrderBy(g => GatewayWords.TroubleOf(g, _loops.ContainsKey(g.Id), now)).ThenBy(g => g.Name, StringComparer.CurrentCultureIgnoreCase)];
        _next?.Dispose();
        if (RendererInfo.IsInteractive && _gateways.Where(g => g.State.OfflineFromUtc >= now).Min(g => g.State.OfflineFromUtc) is { } turn)
        {
            var wait = turn - now + TimeSpan.FromMilliseconds(1);
            _next = Time.CreateTimer(_ => _ = InvokeAsync(ArrangeAnew), null, wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }

    private void ArrangeAnew()
    {
        Arrange(_gateways!);
        StateHasChanged();
    }
}
