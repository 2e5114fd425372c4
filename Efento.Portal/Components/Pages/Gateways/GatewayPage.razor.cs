using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Gateways;

/// <summary>A gateway: what it says of itself, which loggers it hears, and each message of it.</summary>
public sealed partial class GatewayPage
{
    private const int EntriesShown = 50;

    private GatewayDetails? _details;
    private bool _isLoaded;
    private bool _isLimited;
    private bool _hasOthers;
    private LedgerPage _ledger = new([], null);
    private IReadOnlyList<LoggerOverview> _loggers = [];

    /// <summary>The gateway's key.</summary>
    [Parameter]
    public int Id { get; set; }

    /// <summary>Older messages than this one; null begins with the newest.</summary>
    [SupplyParameterFromQuery]
    public long? Before { get; set; }

    /// <summary>How far back its history is looked at.</summary>
    [SupplyParameterFromQuery]
    public string? Range { get; set; }

    /// <summary>The address it was last heard from.</summary>
    private string? Address => _details!.Overview.Address ?? (Before is null && _ledger.Entries is [var newest, ..] ? newest.Last.Address : null);

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
        // Inventory too: another gateway under the same token concerns this one.
        Follow(new LiveKey(LiveTopic.Gateway, Id), new LiveKey(LiveTopic.Inventory), new LiveKey(LiveTopic.Maintenance));
        var scope = await Person.ScopeAsync();
        var details = await Gateways.FindAsync(scope, Id);
        _ledger = details is null ? new([], null) : await Ledger.ReadPageAsync(scope, Id, Before, EntriesShown);
        _loggers = details is null ? [] : [.. (await Loggers.ListAsync(scope)).Where(l => l.Through.Any(c => c.GatewayId == Id))];
        _hasOthers = (await Gateways.ListNamesAsync(scope)).Count > 1;
        (_details, _isLimited, _isLoaded) = (details, scope.IsLimited, true);
    }
}
