using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>Under which addresses this portal can be reached.</summary>
public class ServerAddresses(IServer server)
{
    /// <summary>What it listens on, such as <c>http://localhost:5080</c>.</summary>
    public virtual IReadOnlyCollection<string> Listening => [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>The machine's own addresses in its networks, those with a way out first.</summary>
    public virtual IReadOnlyList<IPAddress> Own =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(n => n.OperationalStatus is OperationalStatus.Up && n.NetworkInterfaceType is not NetworkInterfaceType.Loopback)
            .Select(n => n.GetIPProperties())
            .OrderByDescending(p => p.GatewayAddresses.Count > 0)
            .SelectMany(p => p.UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(a)),
    ];
}
