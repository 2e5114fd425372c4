using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>Lets senders in the networks of <c>Portal:Telemetry:MetricsNetworks</c> read the figures without a token.</summary>
internal static class MetricsNetworks
{
    /// <summary>Whether a request may use a scope because of where it comes from.</summary>
    public static bool Allow(object? resource, string scope) =>
        scope == ApiScopes.MetricsRead && resource is HttpContext context && IsWithin(context);

    private static bool IsWithin(HttpContext context)
    {
        var named = context.RequestServices.GetRequiredService<IOptions<PortalOptions>>().Value.Telemetry.MetricsNetworks;
        var from = Networks.AddressOf(context.Connection);
        return named.Select(Networks.Read).OfType<System.Net.IPNetwork>().Any(network => network.Contains(from));
    }
}
