using Efento.Portal.Configuration;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>
/// Takes the sender's address and scheme from X-Forwarded-For and X-Forwarded-Proto, but only from configured proxies. It runs before
/// everything else, so all parts see the same address. Without configured proxies it is not added at all.
/// </summary>
internal sealed class TrustedProxies(IOptions<PortalOptions> options) : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var proxies = options.Value.Access.TrustedProxies.Select(Networks.Read).OfType<System.Net.IPNetwork>().ToList();
        if (proxies.Count > 0)
        {
            app.UseForwardedHeaders(For(proxies));
        }

        next(app);
    };

    private static ForwardedHeadersOptions For(IEnumerable<System.Net.IPNetwork> proxies)
    {
        // If a request passed several proxies, the sender is the first address that is not a proxy.
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            forwarded.KnownIPNetworks.Add(proxy);
        }

        return forwarded;
    }
}
