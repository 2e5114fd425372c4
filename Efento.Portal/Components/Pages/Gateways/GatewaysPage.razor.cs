using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Gateways;

/// <summary>Every gateway and how it is.</summary>
public sealed partial class GatewaysPage
{
    private IReadOnlyList<GatewayOverview>? _gateways;
    private bool _isLimited;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private GatewayQuery Gateways { get; set; } = null!;

    [Inject]
    private LedgerQuery Ledger { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Gateway), new LiveKey(LiveTopic.Inventory), new LiveKey(LiveTopic.Maintenance));
        var scope = await Person.ScopeAsync();
        (_gateways, _isLimited) = (await Gateways.ListAsync(scope), scope.IsLimited);
    }
}
