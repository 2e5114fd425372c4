using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Loggers;

/// <summary>A logger by its serial: leads to the measuring point it measures at, or says why there is none.</summary>
public sealed partial class LoggerPage
{
    private LoggerOverview? _logger;
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

    /// <summary>The request that is answered; null in a circuit.</summary>
    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var scope = await Person.ScopeAsync();

        // One that was not heard yet may come while somebody waits for it.
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

    // What the framework puts into the answer's header it unescapes, and a header takes plain ASCII alone.
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
