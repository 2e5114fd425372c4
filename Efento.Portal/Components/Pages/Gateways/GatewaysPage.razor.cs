using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Gateways;

/// <summary>All gateways with their state, those with trouble first.</summary>
public sealed partial class GatewaysPage
{
    [HandedOver]
    private IReadOnlyList<GatewayOverview>? _gateways;
    [HandedOver]
    private IReadOnlyDictionary<int, LedgerEntry> _loops = new Dictionary<int, LedgerEntry>();
    [HandedOver]
    private IReadOnlyList<GatewayName> _retired = [];
    [HandedOver]
    private bool _isLimited;

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
        _loops = (
            await Ledger.ReadLoopsAsync(scope, [.. gateways.Select(g => g.Id)])).Where(l =>
                GatewayWords.Loop(l.Value) is not null).ToDictionary();
        _retired = await Gateways.ListRetiredAsync(scope);
        Arrange(gateways);
        _isLimited = scope.IsLimited;
    }

    /// <summary>
    /// Sorts gateways with trouble first, and again when the next one becomes offline, because no message announces that.
    /// </summary>
    private void Arrange(IEnumerable<GatewayOverview> gateways)
    {
        var now = Time.GetUtcNow();
        _gateways =
        [
            .. gateways.OrderBy(
                g => GatewayWords.TroubleOf(g, _loops.ContainsKey(g.Id), now)).ThenBy(g => g.Name, StringComparer.CurrentCultureIgnoreCase)
        ];
        var turn = _gateways.Where(g => g.State.OfflineFromUtc >= now).Min(g => g.State.OfflineFromUtc);
        AwaitTurn(turn - now + TimeSpan.FromMilliseconds(1), () => Arrange(_gateways!));
    }
}
