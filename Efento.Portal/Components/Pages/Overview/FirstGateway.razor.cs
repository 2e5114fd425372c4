using Efento.Portal.Devices;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>How to bring the first gateway here.</summary>
public sealed partial class FirstGateway
{
    private ServerSettings _settings = null!;
    private string _host = "";

    /// <summary>Gateways that were heard already.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<GatewayOverview> Gateways { get; set; } = [];

    [Inject]
    private ServerAddresses Addresses { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var seen = new Uri(Navigation.BaseUri);
        _host = seen.Host;
        _settings = ServerSettings.Of(seen, Addresses);
    }
}
