using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>The addresses under which this portal can be reached.</summary>
internal class ServerAddresses(IServer server)
{
    /// <summary>The addresses it listens on, such as <c>http://localhost:5080</c>.</summary>
    public virtual IReadOnlyCollection<string> Listening => [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>The machine's own addresses, those with a gateway to other networks first.</summary>
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
