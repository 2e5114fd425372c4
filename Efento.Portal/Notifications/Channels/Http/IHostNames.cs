using System.Net;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>Finds the addresses of hosts.</summary>
internal interface IHostNames
{
    Task<IPAddress[]> AddressesOfAsync(string host, CancellationToken cancellationToken);
}
