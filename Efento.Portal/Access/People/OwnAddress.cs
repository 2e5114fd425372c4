using Efento.Portal.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Efento.Portal.Access;

/// <summary>Where the portal is opened from its own machine, for links in the log and of commands; pages know better from the browser.</summary>
public sealed class OwnAddress(IServer server, IConfiguration settings)
{
    /// <summary>The link to a page.</summary>
    /// <param name="path">The page's path, without a slash before it.</param>
    public string LinkTo(string path)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var url = listening ?? (settings[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls.Split(';')[0] : PortalHost.DefaultUrl);
        var address = BindingAddress.Parse(url);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}/{path}";
    }
}
