using Efento.Portal.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Efento.Portal.Access;

/// <summary>
/// Links in the log and in the output of commands: with the public address, or without one with that of the portal on its own machine.
/// </summary>
internal sealed class OwnAddress(IServer server, IConfiguration settings, PublicAddress address)
{
    /// <summary>The link to a page.</summary>
    /// <param name="path">The page's path, without a slash before it.</param>
    public string LinkTo(string path) => address.LinkTo(path) ?? LocalLinkTo(path);

    private string LocalLinkTo(string path)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var url = listening
            ?? (settings[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls.Split(';')[0] : PortalHost.DefaultUrl);
        var local = BindingAddress.Parse(url);
        var host = local.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : local.Host;
        return $"{local.Scheme}://{host}:{local.Port}/{path}";
    }
}
