using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Loggers;

/// <summary>A logger by its serial. Redirects to its measuring point, or explains why there is none.</summary>
public sealed partial class LoggerPage
{
    [HandedOver]
    private LoggerOverview? _logger;
    [HandedOver]
    private bool _isLoaded;

    /// <summary>The logger's serial.</summary>
    [Parameter]
    public string Serial { get; set; } = "";

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private LoggerQuery Loggers { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    /// <summary>The request; null in a circuit.</summary>
    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var scope = await Person.ScopeAsync();

        // An unknown logger may appear while the page is open.
        var known = _logger?.Serial == Serial ? _logger : await Loggers.FindAsync(scope, Serial);
        Follow(
            known is null ? new LiveKey(LiveTopic.Inventory) : new LiveKey(LiveTopic.Logger, known.Id),
            new LiveKey(LiveTopic.Maintenance));
        _logger = await Loggers.FindAsync(scope, Serial);
        if (_logger is { Approval: LoggerApproval.Accepted, Point: { } point })
        {
            GoTo($"points/{point.Id}{new Uri(Navigation.Uri).Query}");
            return;
        }

        _isLoaded = true;
    }

    // The framework unescapes the address in the Location header, and a header allows ASCII only.
    private void GoTo(string address)
    {
        if (HttpContext is { } request)
        {
            request.Response.Redirect($"/{address}");
        }
        else
        {
            Navigation.NavigateTo(address, new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }
}
