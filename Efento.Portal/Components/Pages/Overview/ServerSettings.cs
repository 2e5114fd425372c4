using System.Net;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>What goes into a gateway's server settings so that it finds this portal.</summary>
/// <param name="Address">Host name or address; null where none is known.</param>
/// <param name="Port">The port.</param>
/// <param name="Tls">Whether the gateway must use TLS.</param>
/// <param name="IsGuessed">The page was opened as localhost, which means something else to a gateway: the address is the machine's first.</param>
/// <param name="IsLocalOnly">The portal listens on this machine alone, so no gateway can reach it.</param>
public sealed record ServerSettings(string? Address, int Port, bool Tls, bool IsGuessed, bool IsLocalOnly)
{
    /// <summary>Where measurements go.</summary>
    public static string MeasurementsPath => "/api/v4/measurements";

    /// <summary>Where heartbeats go.</summary>
    public static string HeartbeatPath => "/api/v4/gateways/heartbeat";

    /// <summary>Stands in the place of the token of a gateway known by its headers.</summary>
    public static string AnyToken => "headers-only";

    /// <summary>The option that lets the portal be reached from other machines.</summary>
    public string UrlsOption => $"--urls http://0.0.0.0:{Port}";

    /// <summary>The settings of a portal that the browser sees as <paramref name="seen"/>.</summary>
    public static ServerSettings Of(Uri seen, ServerAddresses addresses)
    {
        var isLocal = seen.IsLoopback;
        return new ServerSettings(
            isLocal ? addresses.Own.FirstOrDefault()?.ToString() : seen.Host,
            seen.Port,
            seen.Scheme == Uri.UriSchemeHttps,
            isLocal,
            isLocal && addresses.Listening.Count > 0 && addresses.Listening.All(IsLoopback));
    }

    private static bool IsLoopback(string listening)
    {
        var host = BindingAddress.Parse(listening).Host;
        return host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
