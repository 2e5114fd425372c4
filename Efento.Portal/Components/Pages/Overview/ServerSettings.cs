using System.Net;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>The server settings with which a gateway finds this portal.</summary>
/// <param name="Address">The host name or address; null if none is known.</param>
/// <param name="Port">The port.</param>
/// <param name="Tls">Whether the gateway must use TLS.</param>
/// <param name="IsGuessed">
/// Whether the address is the machine's first one, because the page was opened as localhost, which means something else to a gateway.
/// </param>
/// <param name="IsLocalOnly">Whether the portal listens on this machine only, so that no gateway can reach it.</param>
internal sealed record ServerSettings(string? Address, int Port, bool Tls, bool IsGuessed, bool IsLocalOnly)
{
    /// <summary>The measurements path.</summary>
    public static string MeasurementsPath => "/api/v4/measurements";

    /// <summary>The heartbeat path.</summary>
    public static string HeartbeatPath => "/api/v4/gateways/heartbeat";

    /// <summary>A placeholder for the token of a gateway that is identified by its headers.</summary>
    public static string AnyToken => "headers-only";

    /// <summary>The option with which other machines can reach the portal.</summary>
    public string UrlsOption => $"--urls http://0.0.0.0:{Port}";

    /// <summary>The settings of a portal at <paramref name="seen"/>: its public address, or where the browser opened it.</summary>
    public static ServerSettings Of(Uri seen, ServerAddresses addresses)
    {
        var isLocal = seen.IsLoopback;
        return new ServerSettings(
            isLocal ? addresses.Own is [var own, ..] ? own.ToString() : null : seen.Host,
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
