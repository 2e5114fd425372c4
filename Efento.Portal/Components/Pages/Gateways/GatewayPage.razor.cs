using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Gateways;

/// <summary>A gateway: its state, the loggers it hears, and its messages.</summary>
public sealed partial class GatewayPage
{
    private const int EntriesShown = 50;

    [HandedOver]
    private GatewayDetails? _details;
    [HandedOver]
    private bool _isLoaded;
    [HandedOver]
    private bool _isLimited;
    [HandedOver]
    private bool _hasOthers;
    [HandedOver]
    private LedgerPage _ledger = new([], null);
    [HandedOver]
    private IReadOnlyList<LoggerOverview> _loggers = [];

    /// <summary>The gateway's key.</summary>
    [Parameter]
    public int Id { get; set; }

    /// <summary>Shows only messages older than this one; null starts with the newest.</summary>
    [SupplyParameterFromQuery]
    public long? Before { get; set; }

    /// <summary>The range of the history.</summary>
    [SupplyParameterFromQuery]
    public string? Range { get; set; }

    /// <summary>The address it was last heard from.</summary>
    private string? Address =>
        _details!.Overview.Address ?? (Before is null && _ledger.Entries is [var newest, ..] ? newest.Last.Address : null);

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromMilliseconds(500);

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private GatewayQuery Gateways { get; set; } = null!;

    [Inject]
    private LoggerQuery Loggers { get; set; } = null!;

    [Inject]
    private LedgerQuery Ledger { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        // Inventory as well: another gateway with the same token affects this one.
        Follow(new LiveKey(LiveTopic.Gateway, Id), new LiveKey(LiveTopic.Inventory), new LiveKey(LiveTopic.Maintenance));
        var scope = await Person.ScopeAsync();
        var details = await Gateways.FindAsync(scope, Id);
        _ledger = details is null ? new([], null) : await Ledger.ReadPageAsync(scope, Id, Before, EntriesShown);
        _loggers = details is null ? [] : [.. (await Loggers.ListAsync(scope)).Where(l => l.Through.Any(c => c.GatewayId == Id))];
        _hasOthers = (await Gateways.ListNamesAsync(scope)).Count > 1;
        (_details, _isLimited, _isLoaded) = (details, scope.IsLimited, true);
    }
}
