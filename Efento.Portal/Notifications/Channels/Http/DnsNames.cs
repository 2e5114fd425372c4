using System.Net;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>Finds the addresses of hosts as the operating system does.</summary>
internal sealed class DnsNames : IHostNames
{
    /// <inheritdoc/>
    public Task<IPAddress[]> AddressesOfAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
